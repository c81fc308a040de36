package org.dray.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CallsTest {
    @RegisterExtension
    final Toys toys = new Toys();

    private final Calls calls = new Calls();

    private static long soon() {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(2);
    }

    @Test
    void callOfAClosedEngineDoesNotReachTheDriver() {
        DrayCore dray = toys.load();
        EngineCore engine = dray.findEngine("toy").orElseThrow();
        dray.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> calls.run(engine, () -> {
                    throw new AssertionError("in the driver");
                }));
        assertThat(calls.awaitNone(soon())).isTrue();
    }

    @Test
    void closeWaitsForCallsAlsoIfTheyFail() {
        EngineCore engine = toys.load().findEngine("toy").orElseThrow();
        assertThat(calls.<Boolean>run(engine, () -> calls.awaitNone(soon()))).isFalse();
        assertThatIllegalStateException()
                .isThrownBy(() -> calls.run(engine, () -> {
                    throw new IllegalStateException("scripted");
                }));
        assertThat(calls.awaitNone(soon())).isTrue();
    }
}
