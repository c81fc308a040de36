package org.dray.tck;

import org.assertj.core.api.AbstractAssert;

public interface PlantedAssertions {
    AbstractAssert<?, ?> assertions();
}
