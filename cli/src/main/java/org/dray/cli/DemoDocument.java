package org.dray.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.dray.Selection.Candidate;
import org.dray.cli.demo.DemoResult;
import org.dray.cli.demo.WayResult;

/** The demo's result for programs. */
final class DemoDocument {
    static final String SCHEMA = "dray-demo/1";

    private DemoDocument() {}

    static Map<String, Object> of(DemoResult result, Machine machine) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", SCHEMA);
        document.put("file", result.file().toString());
        document.put("bytes", result.byteSize());
        document.put("sha256", result.sha256());
        document.put("rounds", result.rounds());
        document.put("machine", machine.toDocument());
        document.put(
                "ways",
                result.ways().stream()
                        .map(way -> way(way, result.ratioToSocket(way)))
                        .toList());
        document.put(
                "unused", result.unused().stream().map(DoctorDocument::report).toList());
        document.put(
                "preferred",
                result.selection().chosen().map(Candidate::backendId).orElse(""));
        return document;
    }

    private static Map<String, Object> way(WayResult way, OptionalDouble ratioToSocket) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("way", way.way());
        document.put("kind", way.kind().name());
        document.put("route", way.route());
        document.put("outcome", way.outcome().name());
        document.put("verified", way.outcome() == WayResult.Outcome.VERIFIED);
        document.put("problem", way.problem().orElse(""));
        document.put("nanos", way.nanos());
        way.medianNanos().ifPresent(nanos -> document.put("medianNanos", nanos));
        way.gibibytesPerSecond().ifPresent(speed -> document.put("gibibytesPerSecond", speed));
        ratioToSocket.ifPresent(ratio -> document.put("ratioToSocket", ratio));
        return document;
    }
}
