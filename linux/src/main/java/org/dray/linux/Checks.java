package org.dray.linux;

/** Argument checks of the cold calls: whatever passes cannot wrap around when C sees it unsigned. */
final class Checks {
    private Checks() {}

    static long notNegative(long value, String name) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " is negative: " + value);
        }
        return value;
    }

    static int notNegative(int value, String name) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " is negative: " + value);
        }
        return value;
    }

    static long positive(long value, String name) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " is not positive: " + value);
        }
        return value;
    }

    static int positive(int value, String name) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " is not positive: " + value);
        }
        return value;
    }

    /** Memory that starts at a real address and does not run over the end of the address space. */
    static void memory(long address, long lengthBytes) {
        positive(address, "address");
        notNegative(lengthBytes, "lengthBytes");
        if (address + lengthBytes < 0) {
            throw new IllegalArgumentException("memory at " + Long.toHexString(address) + " of " + lengthBytes
                    + " bytes leaves the address space");
        }
    }

    /** A range of a file. */
    static void fileRange(long offsetBytes, long lengthBytes) {
        notNegative(offsetBytes, "offsetBytes");
        notNegative(lengthBytes, "lengthBytes");
        if (offsetBytes + lengthBytes < 0) {
            throw new IllegalArgumentException(
                    "file range of " + lengthBytes + " bytes from " + offsetBytes + " exceeds 2^63 bytes");
        }
    }
}
