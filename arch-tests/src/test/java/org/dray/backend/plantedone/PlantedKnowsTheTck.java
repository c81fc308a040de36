package org.dray.backend.plantedone;

import org.dray.tck.PlantedAssertions;

public interface PlantedKnowsTheTck {
    PlantedAssertions kit();
}
