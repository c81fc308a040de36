package org.dray.hammer;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.dray.linux.LinuxException;
import org.dray.linux.Memory;

/**
 * Memory that is unmapped, protected and mapped again while peers copy. It lies far below everything else: the kernel
 * gives out addresses from above, so nobody else ever gets one that was unmapped here, and a peer's write cannot hit
 * anything but a hole.
 */
final class Arena {
    private static final long START = 0x1000_0000_0000L;
    private static final long PLACE_BYTES = 64L << 20;
    private static final int PLACES = 8;
    private static final int MAX_PAGES = 200;
    private static final int PAGE_BYTES = Memory.pageSizeBytes();
    private static final int ANONYMOUS = Memory.MAP_PRIVATE | Memory.MAP_ANONYMOUS;
    private static final int READ_WRITE = Memory.PROT_READ | Memory.PROT_WRITE;

    private final BitSet used = new BitSet();

    synchronized Optional<Torn> take(SplittableRandom random) {
        int place = used.nextClearBit(0);
        if (place == PLACES) {
            return Optional.empty();
        }
        used.set(place);
        return Optional.of(new Torn(place, 1 + random.nextInt(MAX_PAGES)));
    }

    private synchronized void give(int place) {
        used.clear(place);
    }

    /** A range of pages that come and go. */
    final class Torn implements Store {
        private final int place;
        private final int pages;
        private boolean released;

        Torn(int place, int pages) {
            this.place = place;
            this.pages = pages;
            Memory.mmap(address(), lengthBytes(), READ_WRITE, ANONYMOUS | Memory.MAP_FIXED_NOREPLACE, -1, 0);
        }

        long address() {
            return START + place * PLACE_BYTES;
        }

        long lengthBytes() {
            return (long) pages * PAGE_BYTES;
        }

        /** Changes some pages. */
        synchronized void tear(SplittableRandom random) {
            if (released) {
                return;
            }
            int first = random.nextInt(pages);
            long at = address() + (long) first * PAGE_BYTES;
            long length = (1L + random.nextInt(pages - first)) * PAGE_BYTES;
            try {
                switch (random.nextInt(6)) {
                    case 0 -> Memory.munmap(at, length);
                    case 1 -> Memory.mprotect(at, length, Memory.PROT_NONE);
                    case 2 -> Memory.mprotect(at, length, Memory.PROT_READ);
                    case 3 -> Memory.madvise(at, length, Memory.MADV_DONTNEED);
                    default -> Memory.mmap(at, length, READ_WRITE, ANONYMOUS | Memory.MAP_FIXED, -1, 0);
                }
            } catch (LinuxException overHoles) {
                // mprotect and madvise stop at the first hole: that is as good as any other state
            }
        }

        @Override
        public List<ByteBuffer> parts() {
            return List.of();
        }

        @Override
        public void release() {
            synchronized (this) {
                released = true;
                Memory.munmap(address(), lengthBytes());
            }
            give(place);
        }
    }
}
