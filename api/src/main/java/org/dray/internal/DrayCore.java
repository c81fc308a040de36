package org.dray.internal;

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
        throw new UnsupportedOperationException("the core follows in the next commit; options " + options);
    }
}
