package org.dray.toy;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.Buffer;
import java.nio.ByteBuffer;

/**
 * Where a direct buffer lies. Java says so from 22 on; before, it takes what every library that needs to know takes.
 */
final class ToyAddress {
    private static final Of OF = choose();

    private ToyAddress() {}

    private interface Of {
        long buffer(ByteBuffer buffer) throws ReflectiveOperationException;
    }

    static long of(ByteBuffer buffer) {
        try {
            return OF.buffer(buffer);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no address", e);
        }
    }

    private static Of choose() {
        try {
            if (Runtime.version().feature() >= 22) {
                Class<?> segment = Class.forName("java.lang.foreign.MemorySegment");
                Method ofBuffer = segment.getMethod("ofBuffer", Buffer.class);
                Method address = segment.getMethod("address");
                return buffer -> (long) address.invoke(ofBuffer.invoke(null, buffer));
            }
            Class<?> unsafe = Class.forName("sun.misc.Unsafe");
            Field instance = unsafe.getDeclaredField("theUnsafe");
            instance.setAccessible(true);
            Object self = instance.get(null);
            Object offset = unsafe.getMethod("objectFieldOffset", Field.class)
                    .invoke(self, Buffer.class.getDeclaredField("address"));
            Method getLong = unsafe.getMethod("getLong", Object.class, long.class);
            return buffer -> (long) getLong.invoke(self, buffer, offset);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no way to an address", e);
        }
    }
}
