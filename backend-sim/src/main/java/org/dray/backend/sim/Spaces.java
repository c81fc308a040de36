package org.dray.backend.sim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.dray.AddressSpace;
import org.dray.spi.BackendException;
import org.dray.spi.DriverContext;

/** The files behind the device's and the persistent space; each is opened when it is used first. */
final class Spaces {
    private final SimSettings settings;
    private final DriverContext context;
    private final Map<String, MappedFile> files = new HashMap<>();

    Spaces(SimSettings settings, DriverContext context) {
        this.settings = settings;
        this.context = context;
    }

    synchronized MappedFile file(AddressSpace space) throws BackendException {
        MappedFile file = files.get(space.name());
        if (file == null) {
            file = MappedFile.open(path(space), space.byteSize());
            files.put(space.name(), file);
        }
        return file;
    }

    private Path path(AddressSpace space) throws BackendException {
        if (settings.directory().isEmpty()) {
            return context.file(space.name().equals(SimInfo.BOARD) ? "simboard" : "simdax");
        }
        Path directory = settings.directory().get();
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw MappedFile.failure(directory, e);
        }
        return directory.resolve(space.name());
    }
}
