package org.dray.internal.planted;

import org.assertj.core.api.AbstractAssert;

public interface PlantedLibraryInCore {
    AbstractAssert<?, ?> library();
}
