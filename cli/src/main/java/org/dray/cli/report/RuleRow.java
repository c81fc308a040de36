package org.dray.cli.report;

import org.dray.tck.Level;
import org.dray.tck.Outcome;

/**
 * What a certificate says about one rule.
 *
 * @param id for example {@code COPY-03}
 * @param level how binding it is
 * @param statement the rule itself
 * @param outcome what became of it
 * @param reason why, where it is not PASSED; else empty
 * @param durationMillis of its tests
 */
public record RuleRow(String id, Level level, String statement, Outcome outcome, String reason, long durationMillis) {

    String group() {
        int dash = id.indexOf('-');
        return dash < 0 ? id : id.substring(0, dash);
    }
}
