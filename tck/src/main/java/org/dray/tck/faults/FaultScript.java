package org.dray.tck.faults;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dray.AddressSpace.Kind;

/**
 * What goes wrong, and when: data, so that the same script gives the same faults in every run of one thread.
 *
 * @param lines in order; the first whose operations contain an operation decides about it
 */
public record FaultScript(List<Line> lines) {

    /**
     * One line.
     *
     * @param operations to which operations
     * @param fault what happens
     */
    public record Line(Operations operations, Fault fault) {}

    /** Copies the list. */
    public FaultScript {
        lines = List.copyOf(lines);
    }

    /**
     * A script without faults, to begin with.
     *
     * @return the script
     */
    public static FaultScript none() {
        return new FaultScript(List.of());
    }

    /**
     * This script with one line more at its end.
     *
     * @param operations to which operations
     * @param fault what happens
     * @return a new script
     */
    public FaultScript with(Operations operations, Fault fault) {
        return new FaultScript(Stream.concat(lines.stream(), Stream.of(new Line(operations, fault)))
                .toList());
    }

    Optional<Fault> faultOf(long number, Kind source, Kind destination, long lengthBytes) {
        return lines.stream()
                .filter(it -> it.operations().contain(number, source, destination, lengthBytes))
                .map(Line::fault)
                .findFirst();
    }
}
