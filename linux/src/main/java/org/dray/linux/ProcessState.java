package org.dray.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What {@code /proc/PID/status} says about a process, see proc(5). Empty where there is none, or it is hidden. */
public final class ProcessState {
    private static final int CAP_SYS_PTRACE = 19;
    private static final int HEXADECIMAL = 16;

    private final Map<String, String> fields = new HashMap<>();

    private ProcessState(String pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc", pid, "status"), StandardCharsets.ISO_8859_1)) {
                int colon = line.indexOf(':');
                fields.put(
                        line.substring(0, Math.max(colon, 0)),
                        line.substring(colon + 1).strip());
            }
        } catch (IOException e) {
            fields.clear();
        }
    }

    /**
     * Looks at a process.
     *
     * @param pid which
     * @return what its file says now
     */
    public static ProcessState of(int pid) {
        return new ProcessState(Integer.toString(pid));
    }

    /**
     * Looks at this process.
     *
     * @return what its file says now
     */
    public static ProcessState ofThisProcess() {
        return new ProcessState("self");
    }

    /**
     * Tells whether there is anything to read.
     *
     * @return false if there is no such process, or it is hidden
     */
    public boolean exists() {
        return !fields.isEmpty();
    }

    /**
     * Tells whether it has memory.
     *
     * @return false also for a zombie, and for a process that is on its way to become one
     */
    public boolean isAlive() {
        return fields.containsKey("VmSize");
    }

    /**
     * What it does.
     *
     * @return for example {@code Z (zombie)}, or {@code none}
     */
    public String state() {
        return fields.getOrDefault("State", "none");
    }

    /**
     * As whom it runs.
     *
     * @return real, effective and saved id of the user; empty if unknown
     */
    public List<String> userIds() {
        return ids("Uid");
    }

    /**
     * With which group it runs.
     *
     * @return real, effective and saved id of the group; empty if unknown
     */
    public List<String> groupIds() {
        return ids("Gid");
    }

    private List<String> ids(String field) {
        String ids = fields.getOrDefault(field, "");
        return ids.isEmpty() ? List.of() : List.of(ids.split("\\s+", 4)).subList(0, 3);
    }

    /**
     * The capabilities that it may use.
     *
     * @return a bit each, 0 if unknown
     */
    public long permittedCapabilities() {
        return Long.parseUnsignedLong(fields.getOrDefault("CapPrm", "0"), HEXADECIMAL);
    }

    /**
     * Tells whether it has CAP_SYS_PTRACE in effect.
     *
     * @return true if it may trace any process of its user namespace
     */
    public boolean mayTraceOthers() {
        long effective = Long.parseUnsignedLong(fields.getOrDefault("CapEff", "0"), HEXADECIMAL);
        return (effective >>> CAP_SYS_PTRACE & 1) != 0;
    }
}
