package org.dray.backend.plantedone;

import org.dray.backend.plantedtwo.PlantedOtherBackend;

public interface PlantedKnowsAnotherBackend {
    PlantedOtherBackend other();
}
