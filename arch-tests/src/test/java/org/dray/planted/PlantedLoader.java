package org.dray.planted;

import java.util.function.Consumer;

public final class PlantedLoader {
    static final Consumer<String> BY_METHOD_REFERENCE = System::load;

    private PlantedLoader() {}
}
