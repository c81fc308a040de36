package org.dray.backend.sim;

import org.dray.tck.BackendFixture;
import org.dray.tck.BackendTck;
import org.junit.jupiter.api.AfterAll;

/**
 * The kit over the simulator with a personality. Few repetitions, as the rules and the core are the same for all; but
 * the slow rules, too, so that the certificate is complete.
 */
abstract class PersonalityTck extends BackendTck {
    private static final String FACTOR = "dray.tck.factor";
    private static final String SLOW = "dray.tck.slow";

    private final Personality personality;

    PersonalityTck(Personality personality) {
        this.personality = personality;
    }

    /** Properties, because the kit's other processes get them, too. */
    @Override
    protected final BackendFixture fixture() {
        System.setProperty(SimSettings.PERSONALITY, personality.id());
        System.setProperty(FACTOR, "0.01");
        System.setProperty(SLOW, "true");
        return () -> SimProvider.ID;
    }

    @AfterAll
    static void forgetProperties() {
        System.clearProperty(SimSettings.PERSONALITY);
        System.clearProperty(FACTOR);
        System.clearProperty(SLOW);
    }
}
