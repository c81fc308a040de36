package org.dray.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The emulator's two files, taken out of its jar into a directory of their own: a loader preloads only what lies in a
 * file. Everybody may read them, because the command's processes may run as several users.
 */
final class EmulatorFiles implements AutoCloseable {
    private static final String PLACE = "/META-INF/emulator/linux-x86_64/";
    private static final String SERVER = "dray-emulator";
    private static final List<String> NAMES = List.of(SERVER, "libdray-preload.so");

    private final Path directory;

    private EmulatorFiles(Path directory) {
        this.directory = directory;
    }

    /** Fails with what to do where this build has no emulator. */
    static EmulatorFiles extract() throws IOException {
        EmulatorFiles files = new EmulatorFiles(Files.createTempDirectory("dray-emulator-"));
        try {
            Files.setPosixFilePermissions(files.directory, PosixFilePermissions.fromString("rwxr-xr-x"));
            for (String name : NAMES) {
                files.extract(name);
            }
            return files;
        } catch (IOException e) {
            files.close();
            throw e;
        }
    }

    private void extract(String name) throws IOException {
        try (@Nullable InputStream in = EmulatorFiles.class.getResourceAsStream(PLACE + name)) {
            if (in == null) {
                throw new IOException(
                        "there is no emulator on the class path: it is built on Linux on x86-64 only, by mvn -pl"
                                + " emulator package");
            }
            Path file = directory.resolve(name);
            Files.copy(in, file);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    Path server() {
        return directory.resolve(SERVER);
    }

    @Override
    public void close() {
        for (String name : NAMES) {
            directory.resolve(name).toFile().delete();
        }
        directory.toFile().delete();
    }
}
