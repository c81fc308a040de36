package org.dray.linux;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Unix domain sockets that can carry descriptors and tell who is at the other end. {@link #accept}, {@link #connect},
 * {@link #send} and {@link #receive} report EINTR.
 *
 * <p>Names are file names in UTF-8; one that starts with NUL is abstract and lives in no file system.
 */
public final class UnixSockets {
    /** A stream of bytes. */
    @java.lang.annotation.Native
    public static final int SOCK_STREAM = 1;

    /** Messages without a connection. */
    public static final int SOCK_DGRAM = 2;

    /** Messages over a connection. */
    public static final int SOCK_SEQPACKET = 5;

    /** With a type: EAGAIN instead of waiting. */
    public static final int SOCK_NONBLOCK = 04000;

    /** Most descriptors in one message ({@code SCM_MAX_FD} of the kernel). */
    public static final int SCM_MAX_FD = 253;

    static final int SOL_SOCKET = 1;
    private static final int SOCK_CLOEXEC = 02000000;
    private static final int SO_PEERCRED = 17;
    private static final int AF_UNIX = 1;
    private static final int SOCKADDR_UN_BYTES = 110;
    private static final int SOCKADDR_UN_PATH = 2;
    private static final int UCRED_BYTES = 12;
    private static final int UCRED_PID = 0;
    private static final int UCRED_UID = 4;
    private static final int UCRED_GID = 8;

    private UnixSockets() {}

    /**
     * The process that connected, or that called {@link #listen} or {@link #pair}, at that moment.
     *
     * @param pid its number in this pid namespace, 0 if it has none
     * @param uid its effective user, to be read as unsigned
     * @param gid its effective group, to be read as unsigned
     */
    public record PeerCredentials(int pid, int uid, int gid) {}

    /**
     * What one {@link #receive} brought.
     *
     * @param lengthBytes bytes received, 0 at the end of a stream
     * @param descriptors new descriptors of this process; the caller closes them
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    public record Received(long lengthBytes, int[] descriptors) {}

    /**
     * Two sockets connected to each other.
     *
     * @param type {@code SOCK_} constant and bits
     * @return both descriptors
     * @throws LinuxException as {@code socketpair(2)} refuses
     */
    public static int[] pair(int type) {
        try (Scratch both = new Scratch(2 * Integer.BYTES)) {
            LinuxException.check("socketpair", Native.socketpair0(type | SOCK_CLOEXEC, both.address()));
            ByteBuffer descriptors = both.bytes();
            return new int[] {descriptors.getInt(0), descriptors.getInt(Integer.BYTES)};
        }
    }

    /**
     * A socket that is not connected.
     *
     * @param type {@code SOCK_} constant and bits
     * @return its descriptor
     * @throws LinuxException as {@code socket(2)} refuses
     */
    public static int socket(int type) {
        return LinuxException.check("socket", Native.socket0(type | SOCK_CLOEXEC));
    }

    /**
     * Gives a socket its name; a file of that name is made and stays until somebody deletes it.
     *
     * @param fd the socket
     * @param name at most 107 bytes
     * @throws LinuxException EADDRINUSE and what else {@code bind(2)} refuses
     */
    public static void bind(int fd, String name) {
        try (Scratch address = new Scratch(SOCKADDR_UN_BYTES)) {
            int addressBytes = putAddress(address, name);
            LinuxException.check("bind(" + printable(name) + ")", Native.bind0(fd, address.address(), addressBytes));
        }
    }

    /**
     * Connects to a socket that listens, or sets where messages go.
     *
     * @param fd the socket
     * @param name the other one's name
     * @throws LinuxException ECONNREFUSED, ENOENT, EINTR and what else {@code connect(2)} refuses
     */
    public static void connect(int fd, String name) {
        try (Scratch address = new Scratch(SOCKADDR_UN_BYTES)) {
            int addressBytes = putAddress(address, name);
            LinuxException.check(
                    "connect(" + printable(name) + ")", Native.connect0(fd, address.address(), addressBytes));
        }
    }

    /**
     * Lets others connect.
     *
     * @param fd a socket with a name
     * @param backlog how many may wait
     * @throws LinuxException as {@code listen(2)} refuses
     */
    public static void listen(int fd, int backlog) {
        Checks.notNegative(backlog, "backlog");
        LinuxException.check("listen", Native.listen0(fd, backlog));
    }

    /**
     * Takes the next connection, waiting for one if the socket waits.
     *
     * @param fd a socket that listens
     * @return the connection's descriptor
     * @throws LinuxException EAGAIN, EINTR and what else {@code accept(2)} refuses
     */
    public static int accept(int fd) {
        return LinuxException.check("accept", Native.accept0(fd, SOCK_CLOEXEC));
    }

    /**
     * Sends bytes, and descriptors with them. Never raises SIGPIPE.
     *
     * @param fd a connected socket
     * @param address the bytes
     * @param lengthBytes how many; at least one where descriptors go along on a stream
     * @param descriptors at most {@link #SCM_MAX_FD}; they stay open here
     * @return bytes sent; fewer than asked for is no error on a stream, and the descriptors went with the first
     * @throws LinuxException EPIPE, EAGAIN, EINTR and what else {@code sendmsg(2)} refuses
     */
    public static long send(int fd, long address, long lengthBytes, int... descriptors) {
        Checks.memory(address, lengthBytes);
        checkDescriptorCount(descriptors.length);
        try (SocketMessage message = SocketMessage.toSend(address, lengthBytes, descriptors)) {
            return LinuxException.check("sendmsg", Native.sendmsg0(fd, message.address(), SocketMessage.MSG_NOSIGNAL));
        }
    }

    /**
     * Receives bytes, and the descriptors that came with them.
     *
     * @param fd a connected socket
     * @param address where the bytes go
     * @param lengthBytes at most so many
     * @param maxDescriptors at most so many, up to {@link #SCM_MAX_FD}
     * @return bytes and descriptors
     * @throws LinuxException EAGAIN, EINTR and what else {@code recvmsg(2)} refuses; EMSGSIZE when more descriptors
     *     came than there was room for: the bytes are taken then, and the descriptors that did arrive are closed again
     */
    public static Received receive(int fd, long address, long lengthBytes, int maxDescriptors) {
        Checks.memory(address, lengthBytes);
        checkDescriptorCount(maxDescriptors);
        try (SocketMessage message = SocketMessage.toReceive(address, lengthBytes, maxDescriptors)) {
            long received = LinuxException.check(
                    "recvmsg", Native.recvmsg0(fd, message.address(), SocketMessage.MSG_CMSG_CLOEXEC));
            int[] descriptors = message.descriptors();
            if (message.isControlTruncated()) {
                for (int descriptor : descriptors) {
                    Descriptors.close(descriptor);
                }
                throw new LinuxException("recvmsg(descriptors beyond " + maxDescriptors + ")", Errno.EMSGSIZE);
            }
            return new Received(received, descriptors);
        }
    }

    /**
     * Who is at the other end ({@code SO_PEERCRED}); the kernel vouches for it.
     *
     * @param fd a connected socket
     * @return its credentials
     * @throws LinuxException as {@code getsockopt(2)} refuses
     */
    public static PeerCredentials peerCredentials(int fd) {
        try (Scratch ucred = new Scratch(UCRED_BYTES)) {
            int result = Native.getsockopt0(fd, SOL_SOCKET, SO_PEERCRED, ucred.address(), UCRED_BYTES);
            LinuxException.check("getsockopt(SO_PEERCRED)", result);
            ByteBuffer bytes = ucred.bytes();
            return new PeerCredentials(bytes.getInt(UCRED_PID), bytes.getInt(UCRED_UID), bytes.getInt(UCRED_GID));
        }
    }

    private static int putAddress(Scratch address, String name) {
        byte[] encoded = name.getBytes(StandardCharsets.UTF_8);
        int room = SOCKADDR_UN_BYTES - SOCKADDR_UN_PATH - 1;
        if (encoded.length == 0 || encoded.length > room) {
            throw new IllegalArgumentException(
                    "the name of a socket has 1 to " + room + " bytes, not " + encoded.length + ": " + printable(name));
        }
        boolean isAbstract = encoded[0] == 0;
        if (!isAbstract && name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a file name cannot hold the character NUL: " + printable(name));
        }
        ByteBuffer bytes = address.bytes();
        bytes.putShort((short) AF_UNIX).put(encoded);
        return isAbstract ? bytes.position() : bytes.position() + 1;
    }

    private static String printable(String name) {
        return name.replace('\0', '@');
    }

    private static void checkDescriptorCount(int count) {
        if (count < 0 || count > SCM_MAX_FD) {
            throw new IllegalArgumentException("0 to " + SCM_MAX_FD + " descriptors fit one message, not " + count);
        }
    }
}
