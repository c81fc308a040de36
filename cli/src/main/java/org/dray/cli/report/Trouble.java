package org.dray.cli.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.dray.tck.Outcome;

/**
 * What stands in the way: a rule that failed, or rules that did not run for one reason. A backend that cannot be used
 * keeps every rule from running, and its reason need not be read a hundred times.
 *
 * @param label whose certificate; may be empty
 * @param rules at least one
 */
public record Trouble(String label, List<RuleRow> rules) {
    /** Copies the list. */
    public Trouble {
        rules = List.copyOf(rules);
    }

    /**
     * Finds what stands in the way.
     *
     * @param label whose certificate
     * @param rules all of its rules
     * @return what failed, then what did not run
     */
    public static List<Trouble> in(String label, List<RuleRow> rules) {
        List<Trouble> troubles = new ArrayList<>();
        rules.stream()
                .filter(it -> it.outcome() == Outcome.FAILED)
                .forEach(it -> troubles.add(new Trouble(label, List.of(it))));
        Map<String, List<RuleRow>> notRun = rules.stream()
                .filter(it -> it.outcome() == Outcome.NOT_RUN)
                .collect(Collectors.groupingBy(RuleRow::reason, LinkedHashMap::new, Collectors.toList()));
        notRun.values().forEach(it -> troubles.add(new Trouble(label, it)));
        return troubles;
    }

    /**
     * Which of the two.
     *
     * @return FAILED or NOT_RUN
     */
    public Outcome outcome() {
        return rules.get(0).outcome();
    }

    /**
     * Why.
     *
     * @return may have several lines
     */
    public String reason() {
        return rules.get(0).reason();
    }

    /**
     * Which rules.
     *
     * @return the id with its level, or how many there are
     */
    public String name() {
        String name = rules.size() == 1
                ? rules.get(0).id() + " (" + rules.get(0).level() + ")"
                : rules.get(0).id() + " and " + (rules.size() - 1) + " more";
        return label.isEmpty() ? name : label + " " + name;
    }

    /**
     * What they demand.
     *
     * @return the rule itself; empty for several
     */
    public String statement() {
        return rules.size() == 1 ? rules.get(0).statement() : "";
    }
}
