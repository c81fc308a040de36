package org.dray.backend.plantedtwo;

public interface PlantedOtherBackend {}
