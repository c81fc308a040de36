package org.dray.backend.sim;

class WriterTckTest extends PersonalityTck {
    WriterTckTest() {
        super(Personality.WRITER);
    }
}
