package org.dray.backend.cma;

import java.util.List;
import org.dray.BackendReport;
import org.dray.BackendReport.State;
import org.dray.Finding;
import org.dray.MachineKind;
import org.dray.linux.Errno;
import org.dray.linux.LinuxLibrary;
import org.dray.spi.BackendException;
import org.dray.spi.BackendProvider;
import org.dray.spi.CopyDriver;
import org.dray.spi.DriverContext;
import org.dray.spi.SpiVersion;

/** Entry of the backend {@code cma}. */
public final class CmaProvider implements BackendProvider {
    static final String ID = "cma";
    static final String VERSION = "0.1.0";

    /** For {@link java.util.ServiceLoader}. */
    public CmaProvider() {}

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String version() {
        return VERSION;
    }

    @Override
    public int spiVersion() {
        return SpiVersion.CURRENT;
    }

    /**
     * {@inheritDoc}
     *
     * <p>A process may always copy its own memory, so this shows that the system calls work and nothing about a peer:
     * that is tried with each one when its region is attached.
     */
    @Override
    public BackendReport probe() {
        return LinuxLibrary.unavailabilityCause()
                .map(cause -> report(State.UNAVAILABLE, missingLibrary(cause)))
                .orElseGet(CmaProvider::probeCalls);
    }

    private static BackendReport probeCalls() {
        int errno = SelfTest.errno();
        if (errno != 0) {
            return report(errno == Errno.EPERM ? State.DENIED : State.UNAVAILABLE, Diagnosis.missingCall(errno));
        }
        return Yama.obstacle()
                .map(obstacle -> report(State.DEGRADED, obstacle))
                .orElseGet(() -> report(State.AVAILABLE, provenPerPeer()));
    }

    private static Finding missingLibrary(Throwable cause) {
        return new Finding(
                "cma.library",
                "" + cause.getMessage(),
                "libdray.so, which comes with org.dray.linux, loaded into this JVM",
                "run on Linux with glibc, x86_64 or aarch64; -D" + LinuxLibrary.DIRECTORY_PROPERTY
                        + " names a directory on a file system without noexec; --enable-native-access=org.dray.linux");
    }

    private static Finding provenPerPeer() {
        return new Finding(
                "cma.peer",
                "both system calls work on this process's own memory",
                "the same between two processes",
                "none: attach tries it with each peer and says what is missing");
    }

    private static BackendReport report(State state, Finding finding) {
        return new BackendReport(ID, VERSION, state, MachineKind.REAL, List.of(finding));
    }

    @Override
    public CopyDriver open(DriverContext context) throws BackendException {
        return CmaDriver.open(context);
    }
}
