package org.dray.backend.sim;

class MicmemTckTest extends PersonalityTck {
    MicmemTckTest() {
        super(Personality.MICMEM);
    }
}
