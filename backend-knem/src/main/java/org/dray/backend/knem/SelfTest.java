package org.dray.backend.knem;

import org.dray.linux.Memory;
import org.dray.spi.Extents;

/** Copies a few bytes of this process through a region of its own. */
final class SelfTest {
    private static final int BYTES = 64;
    private static final int WRONG_BYTES = -1;

    private SelfTest() {}

    /** 0 if it works, an error number, or a negative number if other bytes arrived. */
    static int errno(KnemContext context) {
        long address = Memory.allocate(2 * BYTES, BYTES);
        try (Request request = new Request()) {
            Memory.fill(address, BYTES, (byte) 0x5a);
            Memory.fill(address + BYTES, BYTES, (byte) 0);
            int result = request.create(
                    context.fd(), Extents.of(address, BYTES), 0, Abi.PROTECTION_READ | Abi.PROTECTION_WRITE);
            if (result < 0) {
                return -result;
            }
            long cookie = request.cookie();
            Extents near = Extents.of(address + BYTES, BYTES);
            result = request.copyInline(context.fd(), false, near, 0, cookie, 0, BYTES, 0, 0);
            boolean failed = result == 0 && Transfers.await(request, context, 0) != 0;
            request.destroy(context.fd(), cookie);
            return result < 0 ? -result : failed || !arrived(address) ? WRONG_BYTES : 0;
        } finally {
            Memory.free(address);
        }
    }

    private static boolean arrived(long address) {
        for (int i = 0; i < BYTES; i++) {
            if (Memory.getByte(address + BYTES + i) != 0x5a) {
                return false;
            }
        }
        return true;
    }
}
