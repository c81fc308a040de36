package org.dray;

/** What stands behind a backend: a claim about evidence, so that a simulation is never taken for hardware. */
public enum MachineKind {
    /** The genuine kernel interface or device. */
    REAL,
    /** A device emulated at the system-call boundary, byte for byte. */
    EMULATED,
    /** A model in software, without the device's interface. */
    SIMULATED,
    /** Not known, because the backend was not probed. Only reports say so, never an engine. */
    UNKNOWN
}
