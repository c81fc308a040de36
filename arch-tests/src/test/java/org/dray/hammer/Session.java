package org.dray.hammer;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.dray.CopyEngine;
import org.dray.Dray;
import org.dray.DrayOptions;

/** A Dray and its engines, which any thread may close at any time. */
record Session(Dray dray, List<CopyEngine> engines) {
    static Session open(Plan plan, Path directory) {
        Dray dray = Dray.load(DrayOptions.builder()
                .require(plan.backends().toArray(String[]::new))
                .directory(directory)
                .closeTimeoutNanos(TimeUnit.MILLISECONDS.toNanos(plan.closeMillis()))
                .build());
        return new Session(dray, dray.engines());
    }

    CopyEngine engine(SplittableRandom random) {
        return engines.get(random.nextInt(engines.size()));
    }
}
