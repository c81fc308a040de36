package org.dray.backend.sim;

class CmaTckTest extends PersonalityTck {
    CmaTckTest() {
        super(Personality.CMA);
    }
}
