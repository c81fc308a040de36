package org.dray.tck;

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

/** A backend whose probe says no. */
public final class UnusableProvider implements BackendProvider {
    static final String ID = "unusable";

    public UnusableProvider() {}

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
        return new BackendReport(
                ID,
                version(),
                BackendReport.State.UNAVAILABLE,
                MachineKind.REAL,
                List.of(new Finding("unusable.device", "no device", "a device", "buy one")));
    }

    @Override
    public CopyDriver open(DriverContext context) throws BackendException {
        throw new BackendException(CopyStatus.UNAVAILABLE, 0, "it cannot be opened", List.of());
    }
}
