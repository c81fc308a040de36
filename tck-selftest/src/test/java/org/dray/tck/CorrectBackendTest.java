package org.dray.tck;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The kit does not fail by chance; {@code .ci/long} lets it try more often. */
class CorrectBackendTest {

    @Test
    void correctBackendIsGreen() {
        for (int i = 0; i < Integer.getInteger("dray.selftest.rounds", 1); i++) {
            MutantRun run = MutantRun.of(Mutant.NONE, false);
            assertThat(run.with(Outcome.FAILED)).isEmpty();
            assertThat(run.with(Outcome.NOT_RUN)).containsExactlyInAnyOrder(Rule.ASYNC_40, Rule.COPY_09, Rule.ERR_09);
        }
    }

    @Test
    void surfaceAloneIsGreen() {
        MutantRun run = MutantRun.of(Mutant.WRAPPED_NONE, false);
        assertThat(run.with(Outcome.FAILED)).isEmpty();
    }

    @Test
    void backendWithAQueueOfItsOwnIsGreen() {
        MutantRun run = MutantRun.of(Mutant.QUEUED_NONE, false);
        assertThat(run.with(Outcome.FAILED)).isEmpty();
    }
}
