package org.dray.planted;

import sun.planted.PlantedJdkType;

public interface PlantedJdkInternals {
    PlantedJdkType internal();
}
