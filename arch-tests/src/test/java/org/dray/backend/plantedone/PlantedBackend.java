package org.dray.backend.plantedone;

import org.dray.spi.BackendProvider;

public abstract class PlantedBackend implements BackendProvider {}
