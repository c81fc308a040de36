package org.dray.backend.sim;

import java.util.Optional;
import org.dray.CopyCost;

/** Settings that no property names. */
final class TestSettings {
    private static final CopyCost HOUR_LONG = new CopyCost(3_600_000_000_000L, 1);

    private TestSettings() {}

    static SimSettings of(Personality personality, long spaceBytes) {
        return new SimSettings(personality, Optional.empty(), spaceBytes, new CopyCost(0, Long.MAX_VALUE), 0, false);
    }

    /** Each operation takes an hour, and a second for every byte, in virtual time. */
    static SimSettings virtual(Personality personality, long seed) {
        return new SimSettings(personality, Optional.empty(), 1 << 20, HOUR_LONG, seed, true);
    }
}
