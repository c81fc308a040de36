package org.dray.linux;

import java.nio.ByteBuffer;

/**
 * One {@code struct msghdr} with one range of data and room for descriptors, laid out for {@code sendmsg} and
 * {@code recvmsg}.
 */
final class SocketMessage implements AutoCloseable {
    @java.lang.annotation.Native
    static final int MSG_NOSIGNAL = 0x4000;

    static final int MSG_CMSG_CLOEXEC = 0x40000000;
    static final int MSG_CTRUNC = 0x8;

    private static final int SCM_RIGHTS = 1;
    private static final int MSGHDR_BYTES = 56;
    private static final int MSGHDR_IOV = 16;
    private static final int MSGHDR_IOVLEN = 24;
    private static final int MSGHDR_CONTROL = 32;
    private static final int MSGHDR_CONTROLLEN = 40;
    private static final int MSGHDR_FLAGS = 48;
    private static final int CMSGHDR_BYTES = 16;
    private static final int CMSGHDR_LEVEL = 8;
    private static final int CMSGHDR_TYPE = 12;

    private static final int IOV = MSGHDR_BYTES;
    private static final int CONTROL = IOV + ProcessVm.IOVEC_BYTES;
    private static final int DESCRIPTORS = CONTROL + CMSGHDR_BYTES;

    private final Scratch memory;
    private final ByteBuffer bytes;

    private SocketMessage(long address, long lengthBytes, int descriptorRoom) {
        int controlBytes = descriptorRoom == 0 ? 0 : paddedControlBytes(descriptorRoom);
        memory = new Scratch(CONTROL + controlBytes);
        bytes = memory.bytes();
        bytes.putLong(MSGHDR_IOV, memory.address() + IOV);
        bytes.putLong(MSGHDR_IOVLEN, 1);
        bytes.putLong(IOV, address);
        bytes.putLong(IOV + ProcessVm.IOVEC_LENGTH, lengthBytes);
        if (controlBytes > 0) {
            bytes.putLong(MSGHDR_CONTROL, memory.address() + CONTROL);
            bytes.putLong(MSGHDR_CONTROLLEN, controlBytes);
        }
    }

    static SocketMessage toSend(long address, long lengthBytes, int... descriptors) {
        SocketMessage message = new SocketMessage(address, lengthBytes, descriptors.length);
        if (descriptors.length > 0) {
            message.bytes.putLong(CONTROL, CMSGHDR_BYTES + (long) descriptors.length * Integer.BYTES);
            message.bytes.putInt(CONTROL + CMSGHDR_LEVEL, UnixSockets.SOL_SOCKET);
            message.bytes.putInt(CONTROL + CMSGHDR_TYPE, SCM_RIGHTS);
            message.bytes.position(DESCRIPTORS);
            message.bytes.asIntBuffer().put(descriptors);
        }
        return message;
    }

    static SocketMessage toReceive(long address, long lengthBytes, int descriptorRoom) {
        return new SocketMessage(address, lengthBytes, descriptorRoom);
    }

    long address() {
        return memory.address();
    }

    /** What the kernel has put into the control buffer; other kinds of control data are never asked for. */
    int[] descriptors() {
        if (bytes.getLong(MSGHDR_CONTROLLEN) < CMSGHDR_BYTES
                || bytes.getInt(CONTROL + CMSGHDR_LEVEL) != UnixSockets.SOL_SOCKET
                || bytes.getInt(CONTROL + CMSGHDR_TYPE) != SCM_RIGHTS) {
            return new int[0];
        }
        int count = Math.toIntExact((bytes.getLong(CONTROL) - CMSGHDR_BYTES) / Integer.BYTES);
        int[] descriptors = new int[count];
        bytes.position(DESCRIPTORS);
        bytes.asIntBuffer().get(descriptors);
        return descriptors;
    }

    boolean isControlTruncated() {
        return (bytes.getInt(MSGHDR_FLAGS) & MSG_CTRUNC) != 0;
    }

    @Override
    public void close() {
        memory.close();
    }

    private static int paddedControlBytes(int descriptors) {
        int data = descriptors * Integer.BYTES;
        return CMSGHDR_BYTES + (data + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
    }
}
