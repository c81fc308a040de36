package org.dray.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.dray.DrayOptions;
import org.dray.MemoryRegion;
import org.dray.spi.BackendProvider;
import org.dray.toy.ToyBackend;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A toy backend and a directory for one test. Afterwards everything is closed, and nothing may be left: no region, peer
 * or driver, no file, nothing in quarantine; and the core must have kept every rule that a driver can check.
 */
final class Toys implements BeforeEachCallback, AfterEachCallback {
    final ToyBackend toy = new ToyBackend("toy");

    private final List<ToyBackend> backends = new ArrayList<>(List.of(toy));
    private final List<DrayCore> loaded = new ArrayList<>();
    private Path directory = Path.of("/");

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        directory = Files.createTempDirectory("dray-test");
        Files.delete(directory);
    }

    /** Every backend that a load finds, in that order. */
    List<ToyBackend> backends() {
        return backends;
    }

    Path directory() {
        return directory;
    }

    /** Another backend that every later load finds too. */
    ToyBackend another(String id) {
        ToyBackend backend = new ToyBackend(id);
        backends.add(backend);
        return backend;
    }

    DrayCore load() {
        return load(options -> options);
    }

    DrayCore load(UnaryOperator<DrayOptions.Builder> options) {
        DrayCore dray = loadForgotten(options);
        loaded.add(dray);
        return dray;
    }

    /** A Dray that the test itself closes. */
    DrayCore loadForgotten() {
        return loadForgotten(options -> options);
    }

    private DrayCore loadForgotten(UnaryOperator<DrayOptions.Builder> options) {
        DrayOptions.Builder builder =
                DrayOptions.builder().directory(directory).closeTimeoutNanos(TimeUnit.SECONDS.toNanos(20));
        return DrayCore.load(
                options.apply(builder).build(),
                backends.stream().map(Toys::entry).iterator());
    }

    /** A Dray whose closes give up early. */
    DrayCore loadImpatient() {
        return load(options -> options.closeTimeoutNanos(TimeUnit.MILLISECONDS.toNanos(50)));
    }

    static ServiceLoader.Provider<BackendProvider> entry(BackendProvider provider) {
        return new ServiceLoader.Provider<>() {
            @Override
            public Class<? extends BackendProvider> type() {
                return provider.getClass();
            }

            @Override
            public BackendProvider get() {
                return provider;
            }
        };
    }

    /** A direct buffer whose bytes are a function of their position and of a seed. */
    static ByteBuffer filled(int byteSize, int seed) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(byteSize);
        for (int i = 0; i < byteSize; i++) {
            buffer.put(i, (byte) (31 * i + seed + (i >> 8)));
        }
        return buffer;
    }

    static ByteBuffer empty(int byteSize) {
        return ByteBuffer.allocateDirect(byteSize);
    }

    static void copyAll(MemoryRegion source, MemoryRegion destination) {
        MemoryRegion engined =
                source.kind() == org.dray.AddressSpace.Kind.LOCAL && isWrapped(source) ? destination : source;
        engined.engine().copy(source, 0, destination, 0, source.byteSize());
    }

    private static boolean isWrapped(MemoryRegion region) {
        return ((RegionView) region).root.engine == null;
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        RuntimeException failure = null;
        for (ToyBackend backend : backends) {
            backend.onStep = null;
        }
        for (DrayCore dray : loaded) {
            try {
                dray.close();
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        Quarantine.reap();
        List<String> files = files();
        deleteDirectory();
        if (context.getExecutionException().isPresent()) {
            return;
        }
        for (ToyBackend backend : backends) {
            assertThat(backend.violations()).as("rules of the SPI").isEmpty();
            assertThat(backend.openRegions()).as("open driver regions").isZero();
            assertThat(backend.openPeers()).as("open driver peers").isZero();
            assertThat(backend.openDrivers()).as("open drivers").isZero();
        }
        assertThat(files).as("files left in the directory").isEmpty();
        assertThat(failure).as("closing after the test").isNull();
    }

    /** Names of the files in the directory. */
    List<String> files() throws IOException {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private void deleteDirectory() throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Whether a close has begun. */
    static boolean isClosed(DrayCore dray) {
        try {
            dray.engines();
            return false;
        } catch (IllegalStateException closed) {
            return true;
        }
    }

    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.capacity()];
        buffer.get(0, bytes);
        return bytes;
    }

    static byte[] bytes(ByteBuffer buffer, int from, int to) {
        return Arrays.copyOfRange(bytes(buffer), from, to);
    }
}
