package org.dray.tck;

import java.util.Arrays;
import java.util.List;
import org.dray.Capability;

/** The rules whose gate asks about a capability. */
final class Gated {
    private Gated() {}

    /** Ids of the rules for engines that declare it. */
    static List<String> byHaving(Capability capability) {
        return covering(new Gate.Closed(capability.name(), true));
    }

    /** Ids of the rules for engines that do not. */
    static List<String> byLacking(Capability capability) {
        return covering(new Gate.Closed(capability.name(), false));
    }

    /** A gate that is closed by a feature's presence is covered by the rules that ask for it, and the reverse. */
    private static List<String> covering(Gate.Closed closed) {
        return Arrays.stream(Rule.values())
                .filter(it -> it.covers(closed))
                .map(Rule::id)
                .toList();
    }
}
