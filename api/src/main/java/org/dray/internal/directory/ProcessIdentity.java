package org.dray.internal.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;
import org.dray.PeerId;

/** What tells this process from every other one, read from proc(5) where there is one. */
public final class ProcessIdentity {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int PID_BITS = 32;
    private static final int HEX_DIGITS = 16;

    private ProcessIdentity() {}

    /** A new identity of this process: everything but the instance is the same at every call. */
    static PeerId create() {
        UUID bootId = bootId();
        int pid = Math.toIntExact(ProcessHandle.current().pid());
        return new PeerId(
                bootId.getMostSignificantBits(),
                bootId.getLeastSignificantBits(),
                pid,
                uid(),
                startTime(pid),
                namespace("pid"),
                namespace("user"),
                ((long) pid << PID_BITS) | (RANDOM.nextInt() & 0xffff_ffffL));
    }

    /** Whether a file belongs to an instance of this process, or at least of one with its pid. */
    static boolean isOwnFile(Path file) {
        String name = file.getFileName().toString();
        try {
            return name.length() >= HEX_DIGITS
                    && Long.parseUnsignedLong(name.substring(0, HEX_DIGITS), 16) >> PID_BITS
                            == ProcessHandle.current().pid();
        } catch (NumberFormatException notOurs) {
            return false;
        }
    }

    /** Whether there is a process with the pid of an instance; it need not be the one that made the instance. */
    static boolean exists(long instance) {
        return startTime((int) (instance >> PID_BITS)) != -1;
    }

    /**
     * When a process started.
     *
     * @param pid the process
     * @return its start time, or -1 if there is no such process, or it is about to end, or a zombie
     */
    static long startTime(int pid) {
        Path stat = Path.of("/proc", Integer.toString(pid), "stat");
        try {
            String text = Files.readString(stat);
            // The command name, in parentheses, may itself contain blanks and parentheses.
            String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
            boolean hasMemory = !fields[20].equals("0"); // what ends gives it back before it becomes a zombie
            return hasMemory ? Long.parseLong(fields[19]) : -1;
        } catch (IOException | RuntimeException noProc) {
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .flatMap(process -> process.info().startInstant())
                    .map(Instant::toEpochMilli)
                    .orElse(-1L);
        }
    }

    private static UUID bootId() {
        try {
            return UUID.fromString(
                    Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip());
        } catch (IOException | IllegalArgumentException noProc) {
            return new UUID(0, 0);
        }
    }

    private static int uid() {
        try {
            return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException noUnix) {
            return -1;
        }
    }

    private static long namespace(String kind) {
        try {
            String link = Files.readSymbolicLink(Path.of("/proc/self/ns", kind)).toString();
            return Long.parseLong(link.replaceAll("\\D", ""));
        } catch (IOException | RuntimeException noProc) {
            return 0;
        }
    }
}
