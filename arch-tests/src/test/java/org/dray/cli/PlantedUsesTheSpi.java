package org.dray.cli;

import org.dray.spi.BackendProvider;

public interface PlantedUsesTheSpi {
    BackendProvider provider();
}
