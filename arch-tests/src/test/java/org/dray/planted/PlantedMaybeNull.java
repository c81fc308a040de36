package org.dray.planted;

public interface PlantedMaybeNull {
    Object maybe();
}
