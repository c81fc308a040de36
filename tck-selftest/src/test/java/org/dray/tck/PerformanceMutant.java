package org.dray.tck;

import static org.dray.tck.Rule.PERF_01;
import static org.dray.tck.Rule.PERF_02;

import java.time.Duration;
import java.util.Set;

/** Defects that cost time. */
enum PerformanceMutant implements Mutant {
    LONG_COPIES_SLEEP(PERF_01, PerformanceRules.LONG_BYTES, Duration.ofMillis(150)),
    SHORT_COPIES_SLEEP(PERF_02, PerformanceRules.SHORT_BYTES, Duration.ofMillis(2));

    private final Rule broken;
    private final long lengthBytes;
    private final Duration pause;

    PerformanceMutant(Rule broken, long lengthBytes, Duration pause) {
        this.broken = broken;
        this.lengthBytes = lengthBytes;
        this.pause = pause;
    }

    @Override
    public void copy(Copy it) {
        if (it.lengthBytes() == lengthBytes) {
            Defect.linger(pause);
        }
        it.run();
    }

    @Override
    public Set<Rule> broken() {
        return Set.of(broken);
    }

    @Override
    public Layer layer() {
        return Layer.SURFACE;
    }
}
