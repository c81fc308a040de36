package org.dray.backend.sim;

class StrictTckTest extends PersonalityTck {
    StrictTckTest() {
        super(Personality.STRICT);
    }
}
