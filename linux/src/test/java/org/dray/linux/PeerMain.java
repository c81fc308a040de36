package org.dray.linux;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The program of a second JVM: one command per line of standard input, one answer per line of standard output. */
final class PeerMain {
    private static final int MEMORY_BYTES = 1 << 16;

    private final ByteBuffer memory = ByteBuffer.allocateDirect(MEMORY_BYTES);
    private int fd = -1;

    private PeerMain() {}

    public static void main(String[] arguments) throws IOException {
        PeerMain peer = new PeerMain();
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            System.out.println(peer.answer(line.split(" ", -1)));
        }
        Reference.reachabilityFence(peer.memory);
    }

    private Object answer(String[] command) {
        return switch (command[0]) {
            case "address" -> Memory.address(memory);
            case "put" ->
                memory.put(Integer.parseInt(command[1]), Byte.parseByte(command[2]))
                        .position();
            case "get" -> memory.get(Integer.parseInt(command[1]));
            case "lock" -> lock(command[1]);
            case "describe" -> Locks.tryDescriptionLock(open(command[1]), Locks.F_WRLCK, 0, 0);
            case "mark" -> open(command[1]);
            case "sleep" -> sleepInstead();
            case "connect" -> sendMemfd(command[1]);
            case "ptracer" -> setPtracer(Long.parseLong(command[1]));
            default -> throw new IllegalArgumentException(command[0]);
        };
    }

    /** A lock on a descriptor that survives exec. */
    private boolean lock(String file) {
        fd = open(file);
        Descriptors.setCloseOnExec(fd, false);
        return Locks.tryPosixLock(fd, Locks.F_WRLCK, 0, 0);
    }

    private static int open(String file) {
        return Descriptors.open(file, Descriptors.O_RDWR, 0);
    }

    private static Object sleepInstead() {
        Processes.execve("/bin/sleep", List.of("sleep", "60"), List.of());
        return "unreachable";
    }

    private static String setPtracer(long pid) {
        try {
            Processes.setPtracer(pid);
            return "OK";
        } catch (LinuxException e) {
            return e.errnoName();
        }
    }

    private Object sendMemfd(String socketName) {
        int memfd = Memfd.create("from the peer", Memfd.MFD_ALLOW_SEALING);
        Descriptors.ftruncate(memfd, 4711);
        int socket = UnixSockets.socket(UnixSockets.SOCK_STREAM);
        UnixSockets.connect(socket, socketName);
        long sent = UnixSockets.send(socket, Memory.address(memory), 1, memfd);
        Descriptors.close(memfd);
        Descriptors.close(socket);
        return sent;
    }
}
