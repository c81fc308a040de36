package org.dray.planted;

import org.dray.internal.planted.PlantedLibraryInCore;

public interface PlantedUsesTheCore {
    PlantedLibraryInCore core();
}
