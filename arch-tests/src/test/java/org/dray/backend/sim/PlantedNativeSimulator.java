package org.dray.backend.sim;

import org.dray.linux.PlantedKnowsTheApi;

public interface PlantedNativeSimulator {
    PlantedKnowsTheApi linux();
}
