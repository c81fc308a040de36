package org.dray.spi;

/**
 * The version of this package. A different major is refused at discovery; a newer minor of the core serves older
 * backends.
 */
public final class SpiVersion {
    /** Major in the upper 16 bits, minor in the lower. */
    public static final int CURRENT = 0x0001_0000;

    private static final int MINOR_BITS = 16;

    private SpiVersion() {}

    /**
     * Tells whether the core that runs can serve a backend.
     *
     * @param spiVersion what the backend was compiled against
     * @return true if the major is equal and the minor not newer
     */
    public static boolean isServed(int spiVersion) {
        return spiVersion >>> MINOR_BITS == CURRENT >>> MINOR_BITS && spiVersion <= CURRENT;
    }

    /**
     * The version as text.
     *
     * @param spiVersion a version
     * @return for example {@code 1.0}
     */
    public static String text(int spiVersion) {
        return (spiVersion >>> MINOR_BITS) + "." + (spiVersion & 0xffff);
    }
}
