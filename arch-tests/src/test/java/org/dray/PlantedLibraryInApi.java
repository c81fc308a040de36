package org.dray;

import org.assertj.core.api.AbstractAssert;

public interface PlantedLibraryInApi {
    AbstractAssert<?, ?> library();
}
