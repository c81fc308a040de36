package org.dray.backend.sim;

class KnemTckTest extends PersonalityTck {
    KnemTckTest() {
        super(Personality.KNEM);
    }
}
