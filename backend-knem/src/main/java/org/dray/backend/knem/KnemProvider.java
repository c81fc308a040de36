package org.dray.backend.knem;

import org.dray.BackendReport;
import org.dray.spi.BackendException;
import org.dray.spi.BackendProvider;
import org.dray.spi.CopyDriver;
import org.dray.spi.DriverContext;
import org.dray.spi.SpiVersion;

/** Entry of the backend {@code knem}. */
public final class KnemProvider implements BackendProvider {
    static final String ID = "knem";
    static final String VERSION = "0.1.0";

    /** For {@link java.util.ServiceLoader}. */
    public KnemProvider() {}

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

    /** {@inheritDoc} */
    @Override
    public BackendReport probe() {
        return Probe.run();
    }

    @Override
    public CopyDriver open(DriverContext context) throws BackendException {
        return KnemDriver.open(context, Settings.read());
    }
}
