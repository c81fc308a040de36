package org.dray.backend.cma;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dray.CopyStatus;
import org.dray.Finding;
import org.dray.PeerId;
import org.dray.linux.Errno;
import org.dray.linux.ProcessState;

/**
 * Looks for the reasons behind an errno that names none. The checks follow the order of the kernel's own, ptrace(2),
 * "Ptrace access mode checking".
 */
final class Diagnosis {
    private final PeerId self;
    private final PeerId owner;
    private final ProcessState ownState = ProcessState.ofThisProcess();
    private final ProcessState ownerState;
    private final List<Finding> findings = new ArrayList<>();

    Diagnosis(PeerId self, PeerId owner) {
        this.self = self;
        this.owner = owner;
        this.ownerState = ProcessState.of(owner.pid());
    }

    List<Finding> findings(CopyStatus status, int errno) {
        switch (status) {
            case PERMISSION -> refusal(errno);
            case PEER_GONE, PEER_REPLACED -> lostOwner();
            case BAD_REMOTE_ADDRESS ->
                add(
                        "cma.memory",
                        "the owner has unmapped or protected memory that it still exports",
                        "memory that stays as it is until its region is closed",
                        "close the region before its memory is unmapped, and export again");
            default -> {}
        }
        return List.copyOf(findings);
    }

    private void refusal(int errno) {
        int selfTestErrno = SelfTest.errno();
        if (errno == Errno.ENOSYS || selfTestErrno != 0) {
            findings.add(missingCall(selfTestErrno == 0 ? errno : selfTestErrno));
            return;
        }
        userNamespace();
        if (!ownState.mayTraceOthers()) {
            credentials();
            dumpable();
            capabilities();
        }
        Yama.obstacle().ifPresent(findings::add);
        if (findings.isEmpty()) {
            add(
                    "cma.security-module",
                    "the kernel refuses, and uid, namespaces, dumpable flag, capabilities and Yama are no reason",
                    "a security policy that lets this process trace the owner",
                    "look for a denial in the log of SELinux, AppArmor or another security module");
        }
    }

    /** A filter that hides the calls, or a kernel without them. */
    static Finding missingCall(int errno) {
        return new Finding(
                "cma.system-call",
                "process_vm_readv of this process's own memory answers " + Errno.name(errno),
                "a kernel with CONFIG_CROSS_MEMORY_ATTACH, and no seccomp filter on process_vm_readv and _writev",
                "in a container: a seccomp profile that allows both calls (docker run --security-opt seccomp=FILE, or"
                        + " --cap-add SYS_PTRACE, with which the default profile allows them)");
    }

    private void userNamespace() {
        if (self.userNamespace() != owner.userNamespace()) {
            add(
                    "cma.user-namespace",
                    "this process is in user namespace " + self.userNamespace() + ", the owner in "
                            + owner.userNamespace(),
                    "the same user namespace, or the owner's in one that this process's user made",
                    "start both containers in one user namespace");
        }
    }

    private void credentials() {
        if (!ownerState.exists()) {
            return;
        }
        String uid = ownState.userIds().get(0);
        String gid = ownState.groupIds().get(0);
        if (!ownerState.userIds().stream().allMatch(uid::equals)
                || !ownerState.groupIds().stream().allMatch(gid::equals)) {
            add(
                    "cma.credentials",
                    "this process has uid " + uid + " and gid " + gid + "; the owner has uids " + ownerState.userIds()
                            + " and gids " + ownerState.groupIds(),
                    "an owner whose real, effective and saved ids all equal the real ids here, or CAP_SYS_PTRACE here",
                    "run both processes as one user and group, or start this one with CAP_SYS_PTRACE");
        }
    }

    /** The kernel gives files of a process that is not dumpable to root. */
    private void dumpable() {
        try {
            String uid = "" + Files.getAttribute(Path.of("/proc", Integer.toString(owner.pid()), "maps"), "unix:uid");
            if (!ownerState.userIds().contains(uid)) {
                add(
                        "cma.dumpable",
                        "the owner is not dumpable: its files in /proc belong to uid " + uid,
                        "a dumpable owner, or CAP_SYS_PTRACE here",
                        "the owner does not clear its flag: prctl(PR_SET_DUMPABLE) does, and so does a change of uid or"
                                + " a set-uid program; or start this process with CAP_SYS_PTRACE");
            }
        } catch (IOException e) {
            // hidden or gone: nothing to learn here
        }
    }

    private void capabilities() {
        long extra = ownerState.permittedCapabilities() & ~ownState.permittedCapabilities();
        if (extra != 0) {
            add(
                    "cma.capabilities",
                    "the owner has capabilities that this process lacks: 0x" + Long.toHexString(extra),
                    "no capability of the owner that this process lacks, or CAP_SYS_PTRACE here",
                    "start both with the same capabilities");
        }
    }

    private void lostOwner() {
        add(
                "cma.owner",
                "pid " + owner.pid() + ", state " + ownerState.state() + ", in pid namespace " + self.pidNamespace(),
                "the living process that exported the region, in pid namespace " + owner.pidNamespace(),
                "ask for a new token");
    }

    private void add(String check, String observed, String needed, String remedy) {
        findings.add(new Finding(check, observed, needed, remedy));
    }
}
