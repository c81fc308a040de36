package org.dray.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Users, signals, attributes and limits. */
@ExtendWith(NoDescriptorIsLeft.class)
class ProcessesTest {
    private static final int SELF = (int) ProcessHandle.current().pid();

    @Test
    void theUserIsTheOneThatProcShows() throws IOException {
        assertThat(Processes.effectiveUserId()).isEqualTo(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        assertThat(Processes.userId()).isEqualTo(Processes.effectiveUserId());
    }

    @Test
    void signalZeroAsksWithoutDoingAnything() {
        Processes.kill(SELF, 0);
        assertThatThrownBy(() -> Processes.kill(Integer.MAX_VALUE, 0)).hasMessageContaining("ESRCH");
        assertThatThrownBy(() -> Processes.kill(SELF, 65)).hasMessageContaining("EINVAL");
    }

    @Test
    void groupsAreNeverSignalled() {
        assertThatIllegalArgumentException().isThrownBy(() -> Processes.kill(0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> Processes.kill(-1, 0));
    }

    @Test
    void dumpableCanBeTakenAwayAndGivenBack() {
        assertThat(Processes.isDumpable()).isTrue();
        try {
            Processes.setDumpable(false);
            assertThat(Processes.isDumpable()).isFalse();
        } finally {
            Processes.setDumpable(true);
        }
        assertThat(Processes.isDumpable()).isTrue();
    }

    @Test
    void newPrivilegesAreGivenUpByOneThread() throws InterruptedException {
        boolean[] seen = new boolean[2];
        Thread thread = new Thread(() -> {
            seen[0] = Processes.hasNoNewPrivileges();
            Processes.setNoNewPrivileges();
            seen[1] = Processes.hasNoNewPrivileges();
        });
        thread.start();
        thread.join();
        assertThat(seen[0]).isEqualTo(Processes.hasNoNewPrivileges());
        assertThat(seen[1]).isTrue();
    }

    @Test
    void aTracerIsNamedWhereYamaAsksForOne() {
        boolean yama = Files.exists(Path.of("/proc/sys/kernel/yama/ptrace_scope"));
        try (Peer peer = Peer.startJvm()) {
            assertThat(peer.ask("ptracer " + SELF)).isEqualTo(yama ? "OK" : "EINVAL");
        }
    }

    @Test
    void execReplacesTheProgramAndKeepsThePid() throws IOException {
        try (Peer peer = Peer.startJvm()) {
            peer.ask("address");
            peer.tell("sleep");
            Path commandLine = Path.of("/proc/" + peer.pid() + "/cmdline");
            while (!Files.readString(commandLine).equals("sleep\00060\0")) {
                Thread.onSpinWait();
            }
            assertThat(Files.readString(Path.of("/proc/" + peer.pid() + "/environ")))
                    .isEmpty();
        }
    }

    @Test
    void execOfAMissingProgramChangesNothing() {
        assertThatThrownBy(() -> Processes.execve("/nowhere/program", List.of("program"), List.of("A=b")))
                .hasMessageContaining("execve(/nowhere/program) failed: ENOENT");
    }

    @Test
    void signalsAreHeldBackInTheCallingThreadOnly() {
        long mask = Signals.maskOf(Signals.SIGUSR1, Signals.COUNT);
        long before = Signals.blocked();
        assertThat(Signals.block(mask)).isEqualTo(before);
        try {
            assertThat(Signals.blocked()).isEqualTo(before | mask);
            assertThat(Signals.unblock(Signals.maskOf(Signals.COUNT))).isEqualTo(before | mask);
            assertThat(Signals.blocked()).isEqualTo(before | Signals.maskOf(Signals.SIGUSR1));
        } finally {
            Signals.setBlocked(before);
        }
        assertThat(Signals.blocked()).isEqualTo(before);
    }

    @Test
    void masksAreMadeOfSignals() {
        assertThat(Signals.maskOf()).isZero();
        assertThat(Signals.maskOf(1, 64)).isEqualTo(0x8000000000000001L);
        assertThatIllegalArgumentException().isThrownBy(() -> Signals.maskOf(0));
        assertThatIllegalArgumentException().isThrownBy(() -> Signals.maskOf(65));
    }

    @Test
    void handlersOfTheJvmAreSeen() {
        assertThat(Signals.handlerAddress(Signals.SIGSEGV)).isGreaterThan(Signals.SIG_IGN);
        assertThat(Signals.handlerAddress(Signals.SIGKILL)).isEqualTo(Signals.SIG_DFL);
        assertThatThrownBy(() -> Signals.handlerAddress(0)).hasMessageContaining("EINVAL");
    }

    @Test
    void limitsOfTheSystemAreKnown() {
        assertThat(Memory.pageSizeBytes()).isGreaterThanOrEqualTo(4096);
        assertThat(Integer.bitCount(Memory.pageSizeBytes())).isEqualTo(1);
        assertThat(Sysconf.value(Sysconf._SC_IOV_MAX)).isEqualTo(ProcessVm.IOV_MAX);
        assertThat(Sysconf.value(Sysconf._SC_NPROCESSORS_ONLN)).isPositive();
        assertThat(Sysconf.value(Sysconf._SC_PHYS_PAGES)).isPositive();
        assertThat(Sysconf.value(Sysconf._SC_OPEN_MAX)).isPositive();
        assertThatThrownBy(() -> Sysconf.value(-4711)).hasMessageContaining("EINVAL");
    }

    @Test
    void errorNumbersHaveTheirKernelNames() {
        assertThat(Errno.name(Errno.EPERM)).isEqualTo("EPERM");
        assertThat(Errno.name(Errno.EHWPOISON)).isEqualTo("EHWPOISON");
        assertThat(Errno.name(41)).isEqualTo("errno 41");
        assertThat(Errno.name(134)).isEqualTo("errno 134");
        assertThat(Errno.name(0)).isEqualTo("errno 0");
    }

    @Test
    void negativeResultsBecomeExceptionsAndOthersPass() {
        assertThat(LinuxException.check("call", 0)).isZero();
        assertThat(LinuxException.check("call", Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
        assertThatThrownBy(() -> LinuxException.check("call", -5L)).hasMessage("call failed: EIO (errno 5)");
        assertThatThrownBy(() -> LinuxException.check("call", -5)).hasMessage("call failed: EIO (errno 5)");
    }
}
