package org.dray.backend.sim;

import java.nio.ByteBuffer;
import java.util.List;
import org.dray.BackendReport;
import org.dray.CopyStatus;
import org.dray.Finding;
import org.dray.MachineKind;
import org.dray.spi.BackendException;
import org.dray.spi.BackendProvider;
import org.dray.spi.CopyDriver;
import org.dray.spi.DriverContext;
import org.dray.spi.SpiVersion;

/**
 * The simulated backend. It needs nothing but Java and a directory.
 *
 * <p>An owner that does not answer a copy within five seconds is given up with {@link CopyStatus#TIMEOUT}. The system
 * properties {@code dray.sim.directory} and {@code dray.sim.spaceBytes} make its board and its persistent device shared
 * and durable, and size them; {@code dray.sim.personality} makes it wear the limits of a device: {@code cma},
 * {@code knem}, {@code micmem}, {@code ioat}, or of one that does not exist: {@code strict}, {@code reader},
 * {@code writer}. It holds Dray itself to what is declared: a call that the core should have refused is an
 * AssertionError.
 *
 * <p>Operations of its queues take {@code dray.sim.latencyNanos}, and more for their bytes at
 * {@code dray.sim.bytesPerSecond}; where the personality declares no order, {@code dray.sim.seed} decides about it.
 * With {@code dray.sim.virtualTime=true} that time passes only when somebody polls or waits: hours take no time, and a
 * run of one thread is the same whenever it is repeated.
 */
public final class SimProvider implements BackendProvider {
    static final String ID = "sim";
    static final String VERSION = "0.1.0";

    /** For ServiceLoader. */
    public SimProvider() {}

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

    @Override
    public BackendReport probe() {
        Personality personality;
        try {
            personality = SimSettings.read().personality();
        } catch (IllegalArgumentException e) {
            return report(
                    BackendReport.State.UNAVAILABLE,
                    new Finding(
                            "sim.settings", String.valueOf(e.getMessage()), "a valid value", "correct the property"));
        }
        if (!movesBytes()) {
            return report(
                    BackendReport.State.UNAVAILABLE,
                    new Finding("sim.selftest", "wrong bytes", "the bytes that were sent", "none: report a bug"));
        }
        return personality == Personality.FULL
                ? report(BackendReport.State.AVAILABLE)
                : report(BackendReport.State.AVAILABLE, limited(personality));
    }

    private static Finding limited(Personality personality) {
        return new Finding(
                SimSettings.PERSONALITY,
                "the limits of " + personality.id(),
                Personality.FULL.id() + " to have every route and capability",
                "drop the property -D" + SimSettings.PERSONALITY);
    }

    private static BackendReport report(BackendReport.State state, Finding... findings) {
        return new BackendReport(ID, VERSION, state, MachineKind.SIMULATED, List.of(findings));
    }

    /** Moves some bytes across the border of two segments and back, in memory made for it. */
    private static boolean movesBytes() {
        ByteBuffer first = ByteBuffer.allocateDirect(16).putLong(8, 0x0123_4567_89ab_cdefL);
        ByteBuffer second = ByteBuffer.allocateDirect(16).putLong(0, 0x1122_3344_5566_7788L);
        BufferMemory memory = new BufferMemory(List.of(first, second));
        ByteBuffer window = ByteBuffer.allocateDirect(16);
        return memory.read(8, window, 16) == 16
                && memory.write(16, window, 16) == 16
                && second.getLong(0) == 0x0123_4567_89ab_cdefL
                && second.getLong(8) == 0x1122_3344_5566_7788L;
    }

    @Override
    public CopyDriver open(DriverContext context) throws BackendException {
        try {
            return new GuardedDriver(new SimDriver(context, SimSettings.read()));
        } catch (IllegalArgumentException e) {
            throw new BackendException(CopyStatus.IO_ERROR, 0, String.valueOf(e.getMessage()), List.of());
        }
    }
}
