package org.dray.backend.knem;

import java.util.ArrayList;
import java.util.List;
import org.dray.BackendReport;
import org.dray.BackendReport.State;
import org.dray.CopyStatus;
import org.dray.Finding;
import org.dray.MachineKind;
import org.dray.linux.Errno;
import org.dray.linux.LinuxException;
import org.dray.linux.LinuxLibrary;
import org.dray.spi.BackendException;

/** Whether the backend works here: the first obstacle, or what is worth knowing. */
final class Probe {
    private static final String OTHER_DEVICE = "-Ddray.knem.device names the device of the KNEM driver";

    private final Settings settings;
    private final List<Finding> findings = new ArrayList<>();

    private Probe(Settings settings) {
        this.settings = settings;
    }

    static BackendReport run() {
        Settings settings;
        try {
            settings = Settings.read();
        } catch (IllegalArgumentException e) {
            return report(
                    State.UNAVAILABLE,
                    MachineKind.REAL,
                    List.of(new Finding(
                            "knem.settings", String.valueOf(e.getMessage()), "a usable value", "correct the option")));
        }
        Probe probe = new Probe(settings);
        return report(probe.state(), Machine.kind(settings.device()), probe.findings);
    }

    private static BackendReport report(State state, MachineKind kind, List<Finding> findings) {
        return new BackendReport(KnemProvider.ID, KnemProvider.VERSION, state, kind, findings);
    }

    private State state() {
        Throwable missing = LinuxLibrary.unavailabilityCause().orElse(null);
        if (missing != null) {
            add(
                    "knem.library",
                    "" + missing.getMessage(),
                    "libdray.so, which comes with org.dray.linux, loaded into this JVM",
                    "run on Linux with glibc, x86_64 or aarch64; -D" + LinuxLibrary.DIRECTORY_PROPERTY
                            + " names a directory on a file system without noexec");
            return State.UNAVAILABLE;
        }
        try (KnemContext context = KnemContext.withArray(settings.device())) {
            return stateOf(context);
        } catch (LinuxException e) {
            return stateWithout(e);
        } catch (BackendException e) {
            boolean isOtherVersion = e.status() == CopyStatus.UNAVAILABLE;
            add(
                    "knem.abi",
                    String.valueOf(e.getMessage()),
                    "a KNEM driver with ABI 0x" + Integer.toHexString(Abi.VERSION),
                    isOtherVersion ? "load KNEM 1.1.4" : OTHER_DEVICE);
            return State.UNAVAILABLE;
        }
    }

    private State stateWithout(LinuxException refusal) {
        boolean isForbidden = refusal.errno() == Errno.EACCES || refusal.errno() == Errno.EPERM;
        boolean isOther = refusal.errno() == Errno.ENODEV; // nothing that could be mapped
        add(
                "knem.device",
                refusal.call() + " answered " + refusal.errnoName(),
                settings.device() + ", open for reading and writing",
                isForbidden
                        ? "join the group of the device (ls -l " + settings.device() + "; KNEM's udev rules give it to"
                                + " rdma). Whoever may open it can stop the kernel: keep the group small"
                        : isOther ? OTHER_DEVICE : "build and load the module: modprobe knem");
        return isForbidden ? State.DENIED : State.UNAVAILABLE;
    }

    private State stateOf(KnemContext context) throws BackendException {
        Features features = Features.of(context);
        if (features.forcesSingleUse()) {
            add(
                    "knem.forced-flags",
                    "the module was loaded with forceflags that contain 0x20: every region ends with its first copy",
                    "regions that can be used more than once",
                    "load the module without this flag: modprobe -r knem; modprobe knem");
            return State.UNAVAILABLE;
        }
        int errno = SelfTest.errno(context);
        if (errno != 0) {
            add(
                    "knem.self-test",
                    "a copy of this process's own memory "
                            + (errno < 0 ? "delivered wrong bytes" : "answered " + Errno.name(errno)),
                    "a driver that copies; flags forced by the module: 0x"
                            + Integer.toHexString(features.forcedFlags()),
                    "see the kernel's log, and cat " + settings.device());
            return State.UNAVAILABLE;
        }
        mention(features);
        return State.AVAILABLE;
    }

    private void mention(Features features) {
        add(
                "knem.driver",
                Statistics.version(settings.device()) + "; DMA engine " + yes(features.hasDma())
                        + ", copies by its thread "
                        + yes(features.hasThread()) + ", notification " + yes(features.hasNotification()) + "; "
                        + settings.text(),
                "none of these",
                "none: without the thread, channels copy on threads of this process; without notification, they poll");
        if (features.forcesQueue()) {
            add(
                    "knem.forced-flags",
                    "the module was loaded with forceflags that contain one of 0xe: every copy is queued, and the"
                            + " driver makes queued copies even if the process that asked for them was killed",
                    "copies into another process's memory that end before the process that makes them",
                    "load the module without these flags, or trust that peers are not killed");
        }
        if (features.forcesAnyUser()) {
            add(
                    "knem.forced-flags",
                    "the module was loaded with forceflags that contain 0x80: the driver serves every region to every"
                            + " user of the device",
                    "regions that only this user reaches",
                    "load the module without this flag, or trust all users of the device");
        }
    }

    private static String yes(boolean value) {
        return value ? "yes" : "no";
    }

    private void add(String check, String observed, String needed, String remedy) {
        findings.add(new Finding(check, observed, needed, remedy));
    }
}
