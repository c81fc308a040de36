package org.dray.backend.knem;

/**
 * What a deployment chooses by system properties.
 *
 * @param device path of the device file, {@code dray.knem.device}
 * @param regionCopyMinBytes from this length on, a copy between registered own memory and a peer's region names both
 *     regions, {@code dray.knem.regionCopyMinBytes}
 * @param dmaMinBytes from this length on, a copy goes to a DMA engine where there is one, {@code dray.knem.dmaMinBytes}
 */
record Settings(String device, long regionCopyMinBytes, long dmaMinBytes) {
    private static final String PREFIX = "dray.knem.";

    static Settings read() {
        return new Settings(
                System.getProperty(PREFIX + "device", "/dev/knem"), bytes("regionCopyMinBytes"), bytes("dmaMinBytes"));
    }

    /** Never, unless somebody who has measured says so. */
    private static long bytes(String name) {
        Long value = Long.getLong(PREFIX + name);
        if (System.getProperty(PREFIX + name) != null && (value == null || value < 1)) {
            throw new IllegalArgumentException(
                    "-D" + PREFIX + name + "=" + System.getProperty(PREFIX + name) + ": a length in bytes, at least 1");
        }
        return value == null ? Long.MAX_VALUE : value;
    }

    /** For the report. */
    String text() {
        return "device " + device + ", region copies " + from(regionCopyMinBytes) + ", DMA " + from(dmaMinBytes);
    }

    private static String from(long bytes) {
        return bytes == Long.MAX_VALUE ? "off" : "from " + bytes + " bytes";
    }
}
