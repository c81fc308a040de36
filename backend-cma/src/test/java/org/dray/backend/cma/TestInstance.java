package org.dray.backend.cma;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dray.PeerId;
import org.dray.linux.Descriptors;
import org.dray.linux.Locks;
import org.dray.linux.Processes;
import org.dray.spi.DriverContext;

/** What the core would offer a driver: an identity, and a file with the lock that lives as long as this process. */
final class TestInstance implements DriverContext, AutoCloseable {
    private final Path directory;
    private final PeerId self;
    private final int descriptor;

    TestInstance(Path directory) {
        int pid = (int) ProcessHandle.current().pid();
        this.directory = directory;
        this.self = new PeerId(
                1,
                2,
                pid,
                Processes.userId(),
                0,
                namespace("pid"),
                namespace("user"),
                (long) pid << 32 | System.nanoTime());
        this.descriptor = Descriptors.open(aliveFile().toString(), Descriptors.O_RDWR | Descriptors.O_CREAT, 0644);
        Descriptors.setCloseOnExec(descriptor, false); // as the JVM's own are
        if (!Locks.tryPosixLock(descriptor, Locks.F_WRLCK, 0, 0)) {
            throw new IllegalStateException("somebody holds " + aliveFile());
        }
    }

    static PeerId withPid(PeerId id, int pid) {
        return new PeerId(
                id.bootIdHigh(),
                id.bootIdLow(),
                pid,
                id.uid(),
                id.startTime(),
                id.pidNamespace(),
                id.userNamespace(),
                id.instance());
    }

    private static long namespace(String kind) {
        try {
            return Long.parseLong(Files.readSymbolicLink(Path.of("/proc/self/ns", kind))
                    .toString()
                    .replaceAll("\\D", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public PeerId self() {
        return self;
    }

    @Override
    public Path aliveFile() {
        return directory.resolve(Long.toHexString(self.instance()) + ".alive");
    }

    @Override
    public Path file(String suffix) {
        throw new UnsupportedOperationException("this driver has no files");
    }

    @Override
    public void close() {
        Descriptors.close(descriptor);
    }
}
