package org.dray.backend.knem;

import java.util.Arrays;
import org.dray.MachineKind;

/** What stands behind the device file. */
final class Machine {
    /** Set by an emulator for the processes that it shows devices to: their paths, separated by colons. */
    private static final String EMULATED_PATHS = "DRAY_EMULATED";

    private Machine() {}

    static MachineKind kind(String device) {
        String emulated = System.getenv(EMULATED_PATHS);
        return emulated != null && Arrays.asList(emulated.split(":")).contains(device)
                ? MachineKind.EMULATED
                : MachineKind.REAL;
    }
}
