package org.dray;

import java.util.List;
import org.dray.internal.planted.PlantedLibraryInCore;

public interface PlantedLeaksTheCore {
    List<PlantedLibraryInCore> core();
}
