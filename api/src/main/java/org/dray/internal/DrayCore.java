package org.dray.internal;

import java.util.Optional;
import org.dray.Dray;
import org.dray.DrayOptions;

/** Makes instances of {@link Dray}. */
public final class DrayCore {
    private DrayCore() {}

    /**
     * Loads.
     *
     * @param options the options
     * @return a new instance
     */
    public static Dray load(DrayOptions options) {
        return Optional.<Dray>empty()
                .orElseThrow(() -> new UnsupportedOperationException("the core follows; options " + options));
    }
}
