package org.dray.backend.cma;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What {@code /proc/PID/status} says about a process, see proc(5). Empty where there is none, or it is hidden. */
final class ProcessState {
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

    static ProcessState of(int pid) {
        return new ProcessState(Integer.toString(pid));
    }

    static ProcessState ofThisProcess() {
        return new ProcessState("self");
    }

    boolean exists() {
        return !fields.isEmpty();
    }

    /** True if it has memory. A zombie has none, nor has a process that is on its way to become one. */
    boolean isAlive() {
        return fields.containsKey("VmSize");
    }

    /** For example {@code Z (zombie)}. */
    String state() {
        return fields.getOrDefault("State", "none");
    }

    /** Real, effective and saved id of the user; empty if unknown. */
    List<String> userIds() {
        return ids("Uid");
    }

    /** Real, effective and saved id of the group; empty if unknown. */
    List<String> groupIds() {
        return ids("Gid");
    }

    private List<String> ids(String field) {
        String ids = fields.getOrDefault(field, "");
        return ids.isEmpty() ? List.of() : List.of(ids.split("\\s+", 4)).subList(0, 3);
    }

    long permittedCapabilities() {
        return Long.parseUnsignedLong(fields.getOrDefault("CapPrm", "0"), HEXADECIMAL);
    }

    boolean mayTraceOthers() {
        long effective = Long.parseUnsignedLong(fields.getOrDefault("CapEff", "0"), HEXADECIMAL);
        return (effective >>> CAP_SYS_PTRACE & 1) != 0;
    }
}
