package org.dray.tck;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dray.AddressSpace.Kind;
import org.dray.Capability;
import org.dray.EngineInfo;

/**
 * When a rule applies, told from what an engine declares. A gate that is closed names what closed it, so that the rule
 * which covers the opposite case, its twin, can be found.
 */
final class Gate {
    private static final String A_ROUTE = "a route";
    private static final String EVERY_ROUTE = "every route";
    private static final String ARROW = "->";
    private static final String VIRTUAL_THREADS = "virtual threads";
    private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

    private final List<String> present;
    private final List<String> absent;
    private final Optional<String> untestable;

    private Gate(List<String> present, List<String> absent, Optional<String> untestable) {
        this.present = present;
        this.absent = absent;
        this.untestable = untestable;
    }

    /** What closed a gate: a feature that is declared, or one that is not. */
    record Closed(String feature, boolean isDeclared) {
        @Override
        public String toString() {
            if (feature.equals(VIRTUAL_THREADS)) {
                return "this JVM has " + (isDeclared ? "" : "no ") + feature;
            }
            return "the engine " + (isDeclared ? "declares " : "does not declare ") + feature;
        }
    }

    static Gate always() {
        return new Gate(List.of(), List.of(), Optional.empty());
    }

    static Gate requires(Capability... capabilities) {
        return new Gate(Stream.of(capabilities).map(Enum::name).toList(), List.of(), Optional.empty());
    }

    static Gate absent(Capability capability) {
        return always().andAbsent(capability);
    }

    /** For the rule about all routes that exist: the opposite of a missing route, also where there is only one. */
    static Gate anyRoute() {
        return new Gate(List.of(A_ROUTE), List.of(), Optional.empty());
    }

    /** For the rule about routes that do not exist. */
    static Gate missingRoute() {
        return new Gate(List.of(), List.of(EVERY_ROUTE), Optional.empty());
    }

    static Gate virtualThreads() {
        return new Gate(List.of(VIRTUAL_THREADS), List.of(), Optional.empty());
    }

    static Gate noVirtualThreads() {
        return new Gate(List.of(), List.of(VIRTUAL_THREADS), Optional.empty());
    }

    static Gate untestable(String reason) {
        return new Gate(List.of(), List.of(), Optional.of(reason));
    }

    Gate andAbsent(Capability capability) {
        return new Gate(present, List.of(capability.name()), untestable);
    }

    Gate andRoute(Kind source, Kind destination) {
        return new Gate(
                Stream.concat(present.stream(), Stream.of(source + ARROW + destination))
                        .toList(),
                absent,
                untestable);
    }

    Optional<String> untestable() {
        return untestable;
    }

    /** Names for all that an engine declares, or this JVM has, and a gate can ask for. */
    static Set<String> features(EngineInfo info) {
        Set<String> features =
                info.capabilities().stream().map(Enum::name).collect(Collectors.toCollection(LinkedHashSet::new));
        info.routes()
                .forEach(it ->
                        features.add(it.route().source() + ARROW + it.route().destination()));
        if (!info.routes().isEmpty()) {
            features.add(A_ROUTE);
        }
        if (Routes.missing(info).isEmpty()) {
            features.add(EVERY_ROUTE);
        }
        if (Runtime.version().feature() >= FIRST_WITH_VIRTUAL_THREADS) {
            features.add(VIRTUAL_THREADS);
        }
        return features;
    }

    Optional<Closed> closedBy(Set<String> features) {
        Stream<Closed> lacking =
                present.stream().filter(it -> !features.contains(it)).map(it -> new Closed(it, false));
        Stream<Closed> unwanted = absent.stream().filter(features::contains).map(it -> new Closed(it, true));
        return Stream.concat(lacking, unwanted).findFirst();
    }

    /** Whether the rule behind this gate covers the case that closed another one. */
    boolean covers(Closed closed) {
        if (closed.feature().contains(ARROW) || closed.feature().equals(A_ROUTE)) {
            return absent.contains(EVERY_ROUTE);
        }
        if (closed.feature().equals(EVERY_ROUTE)) {
            return present.contains(A_ROUTE);
        }
        return (closed.isDeclared() ? present : absent).contains(closed.feature());
    }

    @Override
    public String toString() {
        return "present " + present + ", absent " + absent
                + untestable.map(it -> ", untested: " + it).orElse("");
    }
}
