package org.dray.backend.sim;

class ReaderTckTest extends PersonalityTck {
    ReaderTckTest() {
        super(Personality.READER);
    }
}
