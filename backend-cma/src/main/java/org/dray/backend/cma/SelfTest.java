package org.dray.backend.cma;

import org.dray.linux.Memory;
import org.dray.linux.ProcessVm;

/** Copies a few bytes of this process with both system calls: shows that they exist and that no filter refuses them. */
final class SelfTest {
    private static final long BYTES = 16;

    private SelfTest() {}

    /**
     * 0 if both calls work, else the errno of the one that does not. Between two processes they may still be refused.
     */
    static int errno() {
        int pid = (int) ProcessHandle.current().pid();
        long from = Memory.allocate(2 * BYTES, BYTES);
        try {
            long to = from + BYTES;
            long read = ProcessVm.read(pid, to, from, BYTES);
            long written = ProcessVm.write(pid, from, to, BYTES);
            return (int) -Math.min(0, Math.min(read, written));
        } finally {
            Memory.free(from);
        }
    }
}
