package com.example.strict;

import java.util.List;
import org.dray.BackendReport;
import org.dray.MachineKind;
import org.dray.spi.BackendProvider;
import org.dray.spi.CopyDriver;
import org.dray.spi.DriverContext;
import org.dray.spi.SpiVersion;

/** The entry, made by ServiceLoader: constructing it touches no device. */
public final class StrictProvider implements BackendProvider {
    static final String ID = "strict";
    static final String VERSION = "1";

    /** For ServiceLoader. */
    public StrictProvider() {}

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
        return new BackendReport(ID, VERSION, BackendReport.State.AVAILABLE, MachineKind.SIMULATED, List.of());
    }

    @Override
    public CopyDriver open(DriverContext context) {
        return new StrictDriver();
    }
}
