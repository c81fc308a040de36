package org.dray.backend.cma;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.dray.Finding;
import org.dray.linux.ProcessState;

/**
 * The kernel's Yama module, which restricts who may read whose memory. A machine without it may refuse all the same.
 */
final class Yama {
    private static final Path SCOPE = Path.of("/proc/sys/kernel/yama/ptrace_scope");

    private Yama() {}

    static boolean isPresent() {
        return Files.exists(SCOPE);
    }

    /** What stands in the way of this process, if Yama does. */
    static Optional<Finding> obstacle() {
        return obstacle(scope(), ProcessState.ofThisProcess().mayTraceOthers());
    }

    static Optional<Finding> obstacle(int scope, boolean mayTraceOthers) {
        if (scope >= 3) {
            return finding(
                    scope,
                    "0, 1 or 2",
                    "boot with another value of kernel.yama.ptrace_scope: 3 cannot be changed while the system runs;"
                            + " or use another backend");
        }
        if (scope < 1 || mayTraceOthers) {
            return Optional.empty();
        }
        if (scope == 2) {
            return finding(
                    scope,
                    "0, or 1 with an owner that admits this process, or CAP_SYS_PTRACE here",
                    "sysctl kernel.yama.ptrace_scope=1, or start this process with CAP_SYS_PTRACE");
        }
        return finding(
                scope,
                "0, or an owner that admits this process, or CAP_SYS_PTRACE here",
                "the owner calls dray.admit(peer) with this process's dray.self(); one peer at a time, the last one"
                        + " counts; or sysctl kernel.yama.ptrace_scope=0");
    }

    private static Optional<Finding> finding(int scope, String needed, String remedy) {
        return Optional.of(new Finding("cma.yama", "kernel.yama.ptrace_scope = " + scope, needed, remedy));
    }

    private static int scope() {
        try {
            return Integer.parseInt(Files.readString(SCOPE).strip());
        } catch (IOException | NumberFormatException e) {
            return 0; // no Yama here
        }
    }
}
