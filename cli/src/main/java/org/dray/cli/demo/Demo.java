package org.dray.cli.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dray.BackendReport;
import org.dray.CopyEngine;
import org.dray.Dray;
import org.dray.Selection;

/** Hands one file from this JVM to a second one, in every way there is, several times, in turn. */
public final class Demo {
    private final Class<?> peerMain;
    private final Path file;
    private final int rounds;
    private final Steps steps;

    /**
     * Makes a demo.
     *
     * @param peerMain main class of the second JVM
     * @param file what to transfer
     * @param rounds how often each way is timed, after one round that warms up
     * @param steps is told about progress, on the calling thread
     */
    public Demo(Class<?> peerMain, Path file, int rounds, Steps steps) {
        this.peerMain = peerMain;
        this.file = file;
        this.rounds = rounds;
        this.steps = steps;
    }

    /**
     * Runs it.
     *
     * @throws UnusableFileException if the file cannot be used
     * @throws IOException if the second JVM could not be started
     * @throws org.dray.CopyException if system properties require a backend that does not work here
     * @throws IllegalArgumentException if system properties name a backend that is not there
     */
    public DemoResult run() throws IOException {
        Backends backends = Backends.find();
        steps.reading();
        Segments source = DemoFile.read(file, backends.copies(), AvailableMemory.bytes());
        String sha256 = source.sha256();
        // Closed in the opposite order: the peer lets go of the memory before the owner does.
        try (Contenders contenders = new Contenders(backends.withStreams());
                PeerProcess peer = PeerProcess.start(peerMain, source.byteSize())) {
            // What is connected needs no file: nothing lies around if this process is killed from here on.
            try (Scratch scratch = Scratch.create()) {
                contenders.connect(peer, source, scratch.directory());
            }
            contenders.race(peer, sha256, rounds, steps);
            return new DemoResult(
                    file,
                    source.byteSize(),
                    sha256,
                    rounds,
                    contenders.results(source.byteSize()),
                    backends.reports(),
                    backends.selection());
        }
    }

    /** What is on the path; the ways are those that can fetch a peer's memory. */
    private record Backends(List<BackendReport> reports, Selection selection, List<BackendWay> ways) {
        static Backends find() {
            try (Dray dray = Dray.load()) {
                List<BackendWay> ways = dray.engines().stream()
                        .map(CopyEngine::info)
                        .flatMap(BackendWay::all)
                        .toList();
                return new Backends(dray.reports(), dray.selection(), ways);
            }
        }

        /** Both processes hold the file, and so does every engine that allocates memory for it. */
        int copies() {
            return 2 + (int) ways.stream().filter(BackendWay::allocated).count();
        }

        List<Way> withStreams() {
            List<Way> all = new ArrayList<>(ways);
            for (StreamKind stream : StreamKind.values()) {
                all.add(new StreamWay(stream));
            }
            return all;
        }
    }
}
