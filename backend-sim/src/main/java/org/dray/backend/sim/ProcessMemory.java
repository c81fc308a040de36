package org.dray.backend.sim;

import java.io.BufferedReader;
import java.io.FileReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.dray.spi.LocalMemory;

/**
 * The whole address space of this process through {@code /proc/self/mem}, where the kernel answers an unmapped address
 * with an error instead of a signal. The kernel overrides page protection here (proc(5)): a page that was only made
 * inaccessible is still reached.
 *
 * <p>A RandomAccessFile, not a FileChannel: interrupting a thread inside a channel closes the channel for everybody. So
 * does a thread that comes interrupted.
 */
final class ProcessMemory implements AutoCloseable {
    /** Up to this size the JDK copies through the stack; above it allocates native memory for each call. */
    private static final int STEP_BYTES = 8192;

    private final RandomAccessFile file;
    private final byte[] step = new byte[STEP_BYTES];

    private ProcessMemory(RandomAccessFile file) {
        this.file = file;
    }

    /** Opens it and proves that it works, or returns empty: another system, or a sandbox without it. */
    static Optional<ProcessMemory> open() {
        try {
            ProcessMemory memory = new ProcessMemory(new RandomAccessFile("/proc/self/mem", "rw"));
            if (memory.read(someReadableAddress(), ByteBuffer.allocate(1), 1) == 1) {
                return Optional.of(memory);
            }
            memory.close();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static long someReadableAddress() throws IOException {
        try (BufferedReader lines =
                new BufferedReader(new FileReader("/proc/self/maps", StandardCharsets.ISO_8859_1))) {
            String range = lines.lines()
                    .filter(line -> line.contains(" r"))
                    .findFirst()
                    .orElseThrow();
            return Long.parseUnsignedLong(range.substring(0, range.indexOf('-')), 16);
        }
    }

    /** Raw memory of the program; it must be closed before this is. */
    Memory range(LocalMemory raw) {
        return new Range(this, raw);
    }

    /** Holds on to what keeps the memory valid. */
    private record Range(ProcessMemory process, LocalMemory raw) implements Memory {
        @Override
        public int read(long offsetBytes, ByteBuffer window, int lengthBytes) {
            return process.read(raw.rawAddress() + offsetBytes, window, lengthBytes);
        }

        @Override
        public int write(long offsetBytes, ByteBuffer window, int lengthBytes) {
            return process.write(raw.rawAddress() + offsetBytes, window, lengthBytes);
        }
    }

    private synchronized int read(long address, ByteBuffer window, int lengthBytes) {
        int done = 0;
        try {
            file.seek(address);
            while (done < lengthBytes) {
                int moved = file.read(step, 0, Math.min(STEP_BYTES, lengthBytes - done));
                if (moved <= 0) {
                    return done;
                }
                window.put(done, step, 0, moved);
                done += moved;
            }
        } catch (IOException e) {
            // Nothing at this address; the bytes before it have moved.
        }
        return done;
    }

    private synchronized int write(long address, ByteBuffer window, int lengthBytes) {
        int done = 0;
        try {
            file.seek(address);
            while (done < lengthBytes) {
                int wanted = Math.min(STEP_BYTES, lengthBytes - done);
                window.get(done, step, 0, wanted);
                file.write(step, 0, wanted);
                done += wanted;
            }
            return done;
        } catch (IOException e) {
            return position(address, done);
        }
    }

    /** The kernel has advanced the position by what it moved before the address that is not there. */
    private int position(long address, int atLeast) {
        try {
            return (int) (file.getFilePointer() - address);
        } catch (IOException e) {
            return atLeast;
        }
    }

    @Override
    public synchronized void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new IllegalStateException("/proc/self/mem does not close", e);
        }
    }
}
