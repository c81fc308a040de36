package org.dray.planted;

public final class PlantedPrinter {
    private PlantedPrinter() {}

    static void print() {
        System.out.println();
    }
}
