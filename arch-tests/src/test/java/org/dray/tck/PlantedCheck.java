package org.dray.tck;

public class PlantedCheck {
    @Verifies(Rule.COPY_01)
    void unnamed() {}
}
