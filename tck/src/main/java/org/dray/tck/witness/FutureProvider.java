package org.dray.tck.witness;

import org.dray.spi.SpiVersion;

/** A witness that was built against the next major version of the SPI. */
public final class FutureProvider extends WitnessProvider {
    /** Its id. */
    public static final String ID = "tck-future";

    /** The version that it was built against. */
    public static final int SPI_VERSION = SpiVersion.CURRENT + (1 << 16);

    /** For ServiceLoader. */
    public FutureProvider() {}

    @Override
    public String id() {
        return ID;
    }

    @Override
    public int spiVersion() {
        return SPI_VERSION;
    }
}
