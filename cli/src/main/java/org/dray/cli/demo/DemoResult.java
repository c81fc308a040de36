package org.dray.cli.demo;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.dray.BackendReport;
import org.dray.Selection;

/**
 * What the demo found out.
 *
 * @param file what was transferred
 * @param byteSize its length
 * @param sha256 its digest, in hexadecimal digits
 * @param rounds how often each way was timed
 * @param ways how each way did, backends first
 * @param reports every backend on the path
 * @param selection which of them Dray prefers, and why
 */
public record DemoResult(
        Path file,
        long byteSize,
        String sha256,
        int rounds,
        List<WayResult> ways,
        List<BackendReport> reports,
        Selection selection) {

    /** Copies the lists. */
    public DemoResult {
        ways = List.copyOf(ways);
        reports = List.copyOf(reports);
    }

    /** Backends that took no part, with the reason. */
    public List<BackendReport> unused() {
        return reports.stream()
                .filter(report -> ways.stream().noneMatch(way -> way.way().equals(report.backendId())))
                .toList();
    }

    /** How many times as fast as the Unix domain socket; empty if one of them did not do it. */
    public OptionalDouble ratioToSocket(WayResult way) {
        OptionalLong socketNanos = ways.stream()
                .filter(other -> other.way().equals(StreamKind.UNIX_SOCKET.id()))
                .findFirst()
                .map(WayResult::medianNanos)
                .orElse(OptionalLong.empty());
        OptionalLong nanos = way.medianNanos();
        return nanos.isEmpty() || socketNanos.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(socketNanos.getAsLong() / (double) Math.max(1, nanos.getAsLong()));
    }
}
