package com.example.toy;

import java.util.List;
import org.dray.BackendReport;
import org.dray.MachineKind;
import org.dray.spi.BackendProvider;
import org.dray.spi.CopyDriver;
import org.dray.spi.DriverContext;
import org.dray.spi.SpiVersion;

/** Copies inside one process with {@link java.nio.ByteBuffer}: the least that is a backend. */
public final class ToyProvider implements BackendProvider {
    static final String ID = "toy";
    static final String VERSION = "1";

    /** Made by ServiceLoader. */
    public ToyProvider() {}

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
        return new ToyDriver();
    }
}
