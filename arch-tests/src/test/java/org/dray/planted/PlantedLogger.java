package org.dray.planted;

import java.util.logging.Logger;

public final class PlantedLogger {
    private PlantedLogger() {}

    static void log() {
        Logger.getAnonymousLogger().info("");
    }
}
