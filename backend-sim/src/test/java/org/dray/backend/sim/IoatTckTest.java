package org.dray.backend.sim;

class IoatTckTest extends PersonalityTck {
    IoatTckTest() {
        super(Personality.IOAT);
    }
}
