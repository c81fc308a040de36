package org.dray.backend.knem;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import org.dray.linux.Descriptors;
import org.dray.linux.LinuxException;
import org.dray.linux.Memory;
import org.jspecify.annotations.Nullable;

/** An open device: what the driver calls a context. It ends with its descriptor and the mapping of its status array. */
final class KnemContext implements AutoCloseable {
    /** Each slot has a word of its own, so that it can be read with acquire semantics. */
    static final int SLOTS = Abi.STATUS_SLOTS / Integer.BYTES;

    private static final VarHandle WORDS = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int STATUS_MASK = 0xff;

    private final int fd;
    private long arrayAddress;
    private @Nullable ByteBuffer array;

    /**
     * Opens the device for reading and writing. Reads do not wait.
     *
     * @throws LinuxException as the system refuses
     */
    KnemContext(String device) {
        this.fd = Descriptors.open(device, Descriptors.O_RDWR | Descriptors.O_NONBLOCK, 0);
    }

    /** The same with its status array, which a context can have once and which starts a thread in the kernel. */
    static KnemContext withArray(String device) {
        KnemContext context = new KnemContext(device);
        try {
            context.arrayAddress = Memory.mmap(
                    0, Abi.STATUS_SLOTS, Memory.PROT_READ | Memory.PROT_WRITE, Memory.MAP_SHARED, context.fd, 0);
            context.array = Memory.view(context.arrayAddress, Abi.STATUS_SLOTS);
            return context;
        } catch (LinuxException e) {
            context.close();
            throw e;
        }
    }

    int fd() {
        return fd;
    }

    /**
     * The descriptor for reading and polling events: before there is a status array, the driver has no queue for them.
     */
    int eventsFd() {
        if (array == null) {
            throw new IllegalStateException("a context without a status array has no events");
        }
        return fd;
    }

    /** What the driver is told to call a slot. */
    static int index(int slot) {
        return slot * Integer.BYTES;
    }

    /** The slot that the driver calls so. */
    static int slot(int index) {
        return index / Integer.BYTES;
    }

    /** How a queued copy stands. If it has ended, its bytes are visible to this thread. */
    int status(int slot) {
        return (int) WORDS.getAcquire(Objects.requireNonNull(array), index(slot)) & STATUS_MASK;
    }

    /** The mapping first: as long as it is there, closing the descriptor releases nothing. */
    @Override
    public void close() {
        if (arrayAddress != 0) {
            Memory.munmap(arrayAddress, Abi.STATUS_SLOTS);
        }
        Descriptors.close(fd);
    }
}
