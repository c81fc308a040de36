package org.dray.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.dray.Access;
import org.dray.CopyEngine;
import org.dray.Dray;
import org.dray.DrayOptions;
import org.dray.MemoryRegion;
import org.dray.RegionToken;

/**
 * What Dray adds to the system calls of a {@code cma} copy: {@link CopyEngine#copy} against a loop in C that makes the
 * same two calls, {@code process_vm_readv} and the question for the owner's lock, on the same memory of the same second
 * JVM. All variants take turns within each round, so that whatever else the machine does hits all of them.
 *
 * <p>{@code CmaOverhead [RUNS]} makes so many runs, each in a JVM of its own, because where memory happens to lie
 * weighs as much as what is measured; it prints their medians and exits with 1 if those miss a limit.
 */
public final class CmaOverhead {
    private static final int[] SIZES_BYTES = {64, 4 << 10, 16 << 10, 64 << 10, 1 << 20};
    private static final int MAX_BYTES = 2 << 20;
    private static final int DEFAULT_RUNS = 9;
    private static final int ROUNDS = 51;
    private static final long TURN_NANOS = 3_000_000;
    private static final int WARM_UP_TURNS = 30;

    private CmaOverhead() {}

    /**
     * Runs.
     *
     * @param arguments number of runs, optional
     * @throws IOException if a process could not be started or a file not be written
     */
    public static void main(String[] arguments) throws IOException {
        int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : DEFAULT_RUNS;
        List<List<OverheadRow>> rows = new ArrayList<>();
        Arrays.stream(SIZES_BYTES).forEach(size -> rows.add(new ArrayList<>()));
        for (int run = 1; run <= runs; run++) {
            System.err.println("run " + run + " of " + runs);
            try (Child child = Child.java(OneRun.class)) {
                for (List<OverheadRow> ofSize : rows) {
                    ofSize.add(OverheadRow.parse(child.readLine()));
                }
            }
        }
        System.out.println(OverheadTable.head());
        rows.forEach(ofSize -> System.out.println(OverheadTable.row(ofSize)));
        boolean held = rows.stream().map(OverheadRow::median).allMatch(OverheadRow::isWithinLimits);
        System.out.println("limits: " + OverheadRow.limits() + ": " + (held ? "held" : "MISSED"));
        if (!held) {
            System.exit(1);
        }
    }

    /** The child: one run, one line for each size. */
    static final class OneRun {
        private OneRun() {}

        /** Runs. */
        public static void main(String[] arguments) throws IOException {
            Path directory = Files.createTempDirectory("dray-bench");
            try {
                run(directory, ROUNDS).forEach(row -> System.out.println(row.toLine()));
            } finally {
                delete(directory);
            }
        }
    }

    static List<OverheadRow> run(Path directory, int rounds) throws IOException {
        try (Child owner = Child.java(CmaOwner.class, directory.toString(), Integer.toString(MAX_BYTES));
                Dray dray = Dray.load(DrayOptions.builder()
                        .require("cma")
                        .directory(directory)
                        .build())) {
            CmaOwner.Address address = CmaOwner.Address.parse(owner.readLine());
            CopyEngine engine = dray.engine("cma");
            try (Child loop = Child.cLoop(directory, address, MAX_BYTES);
                    MemoryRegion far =
                            engine.attach(RegionToken.parse(HexFormat.of().parseHex(address.token())));
                    MemoryRegion near = engine.allocate(MAX_BYTES, Access.READ_WRITE)) {
                near.map(0, MAX_BYTES).put(new byte[MAX_BYTES]);
                DrayCopies copy = new DrayCopies(engine, far, near);
                Variant calls = new CCopies(loop, true);
                Variant unproven = new CCopies(loop, false);
                List<OverheadRow> rows = new ArrayList<>();
                for (int bytes : SIZES_BYTES) {
                    rows.add(measure(bytes, rounds, calls, copy, unproven));
                }
                return rows;
            }
        }
    }

    private static OverheadRow measure(int bytes, int rounds, Variant calls, DrayCopies copy, Variant unproven)
            throws IOException {
        long copies = calibrate(bytes, calls, copy, unproven);
        Samples callSamples = new Samples(rounds);
        Samples copySamples = new Samples(rounds);
        Samples unprovenSamples = new Samples(rounds);
        copy.takeLeastHeapBytes();
        for (int round = 0; round < rounds; round++) {
            // Neither of the two that are compared is always the one that comes after the other.
            boolean callsFirst = round % 2 == 0;
            if (callsFirst) {
                callSamples.add(calls.nanosPerCopy(bytes, copies));
            }
            copySamples.add(copy.nanosPerCopy(bytes, copies));
            if (!callsFirst) {
                callSamples.add(calls.nanosPerCopy(bytes, copies));
            }
            unprovenSamples.add(unproven.nanosPerCopy(bytes, copies));
        }
        return new OverheadRow(
                bytes,
                callSamples.median(),
                copySamples.median(),
                copySamples.medianMoreThan(callSamples),
                callSamples.medianMoreThan(unprovenSamples),
                (double) copy.takeLeastHeapBytes() / copies);
    }

    /** So many copies that a turn takes a few milliseconds, after enough turns for the compiler. */
    private static long calibrate(int bytes, Variant... variants) throws IOException {
        long copies = 100;
        for (int turn = 0; turn < WARM_UP_TURNS; turn++) {
            double slowest = 1;
            for (Variant variant : variants) {
                slowest = Math.max(slowest, variant.nanosPerCopy(bytes, copies));
            }
            copies = Math.max(1, (long) (TURN_NANOS / slowest));
        }
        return copies;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }
}
