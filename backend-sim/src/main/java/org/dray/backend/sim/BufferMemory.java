package org.dray.backend.sim;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** Direct buffers that follow each other. Keeps them reachable. */
final class BufferMemory implements Memory {
    private final ByteBuffer[] segments;
    private final long[] firstBytes;

    /** The buffers from 0 to limit; none is empty. */
    BufferMemory(List<? extends ByteBuffer> buffers) {
        segments = buffers.toArray(ByteBuffer[]::new);
        firstBytes = new long[segments.length];
        for (int i = 1; i < segments.length; i++) {
            firstBytes[i] = firstBytes[i - 1] + segments[i - 1].limit();
        }
    }

    @Override
    public int read(long offsetBytes, ByteBuffer window, int lengthBytes) {
        int segment = segmentAt(offsetBytes);
        int from = (int) (offsetBytes - firstBytes[segment]);
        for (int done = 0; done < lengthBytes; segment++, from = 0) {
            int step = Math.min(lengthBytes - done, segments[segment].limit() - from);
            window.put(done, segments[segment], from, step);
            done += step;
        }
        return lengthBytes;
    }

    @Override
    public int write(long offsetBytes, ByteBuffer window, int lengthBytes) {
        int segment = segmentAt(offsetBytes);
        int to = (int) (offsetBytes - firstBytes[segment]);
        for (int done = 0; done < lengthBytes; segment++, to = 0) {
            int step = Math.min(lengthBytes - done, segments[segment].limit() - to);
            segments[segment].put(to, window, done, step);
            done += step;
        }
        return lengthBytes;
    }

    private int segmentAt(long offsetBytes) {
        int found = Arrays.binarySearch(firstBytes, offsetBytes);
        return found >= 0 ? found : -found - 2;
    }
}
