package org.dray.planted;

public final class PlantedSleeper {
    private PlantedSleeper() {}

    static void pause() throws InterruptedException {
        Thread.sleep(1);
    }
}
