package org.dray.cli.demo;

import org.dray.MachineKind;

/** What stands behind a way of transfer. */
public enum WayKind {
    /** A backend over the genuine kernel interface or device. */
    REAL,
    /** A backend over an emulated device. */
    EMULATED,
    /** A backend that is a model in software. */
    SIMULATED,
    /** What plain Java offers, without Dray. */
    PLAIN;

    static WayKind of(MachineKind kind) {
        return switch (kind) {
            case REAL -> REAL;
            case EMULATED -> EMULATED;
            case SIMULATED -> SIMULATED;
            case UNKNOWN -> throw new IllegalArgumentException("no engine is " + kind);
        };
    }
}
