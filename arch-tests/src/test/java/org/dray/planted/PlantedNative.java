package org.dray.planted;

public final class PlantedNative {
    private PlantedNative() {}

    static native void outsideOfNative0();
}
