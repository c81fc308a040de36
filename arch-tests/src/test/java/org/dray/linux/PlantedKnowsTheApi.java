package org.dray.linux;

import org.dray.PlantedApiType;

public interface PlantedKnowsTheApi {
    PlantedApiType above();
}
