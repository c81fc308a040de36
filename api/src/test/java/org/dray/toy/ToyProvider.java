package org.dray.toy;

import org.dray.BackendReport;
import org.dray.spi.BackendProvider;
import org.dray.spi.CopyDriver;
import org.dray.spi.DriverContext;

/** The toy as {@link java.util.ServiceLoader} finds it. */
public final class ToyProvider implements BackendProvider {
    /** What stands behind every instance. */
    public static final ToyBackend BACKEND = new ToyBackend("toy");

    @Override
    public String id() {
        return BACKEND.id();
    }

    @Override
    public String version() {
        return BACKEND.version();
    }

    @Override
    public int spiVersion() {
        return BACKEND.spiVersion();
    }

    @Override
    public BackendReport probe() {
        return BACKEND.probe();
    }

    @Override
    public CopyDriver open(DriverContext context) {
        return BACKEND.open(context);
    }
}
