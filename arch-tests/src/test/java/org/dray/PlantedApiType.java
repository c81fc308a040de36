package org.dray;

public interface PlantedApiType {}
