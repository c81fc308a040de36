package org.dray.internal.directory;

/**
 * Layout of the {@code .c} file, version 1.0: a header, lanes, then one word for each slot of the {@code .r} file.
 *
 * <pre>
 * header   0 magic "DRAYCLMS"   8 format (major * 65536 + minor)   16 instance of the owner
 * lane     0 instance of the peer that holds it, or 0   8 its uid   64 claims: two words for each copy context,
 *          source and destination: slot in the upper half, generation in the lower; or 0
 * word     single-use: the generation while it is unused, its complement afterwards
 * </pre>
 */
final class ClaimsLayout {
    static final long MAGIC = 0x534d_4c43_5941_5244L;
    static final int FORMAT_OFFSET = 8;
    static final int INSTANCE_OFFSET = 16;
    static final int HEADER_BYTES = 4096;

    static final int LANES = 128;
    static final int LANE_UID = 8;
    static final int LANE_CLAIMS = 64;
    /** Two for each copy that a peer may have under way, in a thread or in a channel. */
    static final int CLAIMS = 2 * 128;

    static final int LANE_BYTES = LANE_CLAIMS + CLAIMS * Long.BYTES;

    static final int SINGLE_USE_OFFSET = HEADER_BYTES + LANES * LANE_BYTES;
    static final int FILE_BYTES = SINGLE_USE_OFFSET + RegionsLayout.SLOT_COUNT * Long.BYTES;

    /** Both files have the same version. */
    static final int MAJOR = 1;

    static final long FORMAT = (long) MAJOR << 16;

    private ClaimsLayout() {}

    static int laneOffset(int lane) {
        return HEADER_BYTES + lane * LANE_BYTES;
    }

    static int claimOffset(int lane, int contextIndex, int side) {
        return laneOffset(lane) + LANE_CLAIMS + (2 * contextIndex + side) * Long.BYTES;
    }

    static int singleUseOffset(int slot) {
        return SINGLE_USE_OFFSET + slot * Long.BYTES;
    }

    static long claim(int slot, int generation) {
        return ((long) slot << 32) | (generation & 0xffff_ffffL);
    }
}
