package org.dray.cli;

import org.dray.backend.plantedtwo.PlantedOtherBackend;

public interface PlantedKnowsABackend {
    PlantedOtherBackend backend();
}
