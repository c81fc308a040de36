package org.dray.tck.witness;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
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
 * A backend that is never usable and counts how often it is asked. It is on the path of the kit's further processes
 * only, by a services file that the kit writes; applications never see it.
 */
public class WitnessProvider implements BackendProvider {
    /** Its id. */
    public static final String ID = "tck-witness";

    /** The check of its only finding. */
    public static final String CHECK = "tck.witness";

    private static final AtomicInteger PROBES = new AtomicInteger();

    /** For ServiceLoader. */
    public WitnessProvider() {}

    /**
     * How often a witness was asked in this process.
     *
     * @return the number of probes
     */
    public static int probes() {
        return PROBES.get();
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String version() {
        return "0";
    }

    @Override
    public int spiVersion() {
        return SpiVersion.CURRENT;
    }

    @Override
    public BackendReport probe() {
        PROBES.incrementAndGet();
        return new BackendReport(
                id(),
                version(),
                BackendReport.State.UNAVAILABLE,
                MachineKind.SIMULATED,
                List.of(new Finding(CHECK, "the kit's witness", "a real backend", "none: it only watches")));
    }

    @Override
    public CopyDriver open(DriverContext context) throws BackendException {
        throw new BackendException(CopyStatus.UNAVAILABLE, 0, "a witness cannot be opened", List.of());
    }
}
