package org.dray.internal.directory;

/**
 * Layout of the {@code .r} file, version 1.0: a header, then slots of 16 words. Offsets are in bytes.
 *
 * <pre>
 * header   0 magic "DRAYREGN"   8 format (major * 65536 + minor)   16 slot count   24 peer id (64)
 * slot     0 state: generation in the upper half, 1 if open   8 length
 *         16 access + 256 if single-use, extent count in the upper half
 *         24 trial slot, next slot in the upper half   32 backend id (16)
 *         48 up to 4 extents (base, length)   112 key
 * further  0 zero   8 next slot   16 up to 7 extents: the rest of a region with more than 4
 * </pre>
 */
final class RegionsLayout {
    static final long MAGIC = 0x4e47_4552_5941_5244L;
    static final int FORMAT_OFFSET = 8;
    static final int SLOT_COUNT_OFFSET = 16;
    static final int PEER_ID_OFFSET = 24;
    static final int HEADER_BYTES = 4096;

    static final int SLOT_BYTES = 128;
    static final int SLOT_COUNT = 1 << 18;
    static final int FILE_BYTES = HEADER_BYTES + SLOT_COUNT * SLOT_BYTES;

    static final int LENGTH = 8;
    static final int FLAGS = 16;
    static final int LINKS = 24;
    static final int BACKEND = 32;
    static final int EXTENTS = 48;
    static final int EXTENTS_INLINE = 4;
    static final int KEY = 112;
    static final int FURTHER_NEXT = 8;
    static final int FURTHER_EXTENTS = 16;
    static final int EXTENTS_FURTHER = 7;
    static final int MAX_EXTENTS = 1 << 20;
    static final int NONE = -1;

    private RegionsLayout() {}

    static int slotOffset(int slot) {
        return HEADER_BYTES + slot * SLOT_BYTES;
    }

    static long state(int generation, boolean open) {
        return ((long) generation << 32) | (open ? 1 : 0);
    }
}
