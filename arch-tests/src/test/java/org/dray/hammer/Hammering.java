package org.dray.hammer;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.dray.Dray;
import org.dray.DrayOptions;
import org.dray.linux.Processes;
import org.dray.linux.Signals;

/** The parent of a run: starts two processes, carries their offers, stops and kills them, and asks how they are. */
final class Hammering implements AutoCloseable {
    /** The first ones make what is made once, see {@link HammerMain}. */
    private static final int LEAST_ROUNDS = 3;

    private static final long ROUND_MILLIS = 100_000;
    private static final long MAX_STOP_MILLIS = 400;

    private final Plan plan;
    private final Path logs;
    private final Path directory;
    private final SplittableRandom random;
    private final Child[] children = new Child[2];
    private final List<String> failures = new ArrayList<>();
    private final Map<String, Long> counts = new TreeMap<>();
    private int started;
    private int rounds;
    private int stops;
    private int kills;

    private Hammering(Plan plan, Path logs) throws IOException {
        this.plan = plan;
        this.logs = logs;
        this.random = new SplittableRandom(plan.seed());
        this.directory = Scratch.create();
    }

    /** What came out: nothing failed if the list is empty. */
    record Result(List<String> failures, Map<String, Long> counts, String summary) {}

    static Result run(Plan plan, Path logs) throws IOException, InterruptedException {
        try (Hammering hammering = new Hammering(plan, logs)) {
            return hammering.run();
        }
    }

    private Result run() throws IOException, InterruptedException {
        long end = System.nanoTime() + plan.seconds() * 1_000_000_000L;
        start(0);
        start(1);
        while (failures.isEmpty() && rounds < plan.rounds() && (rounds < LEAST_ROUNDS || System.nanoTime() < end)) {
            round();
        }
        for (Child child : children) {
            finish(child);
        }
        sweep();
        long operations = counts.values().stream().mapToLong(Long::longValue).sum();
        String summary = operations + " calls in " + rounds + " rounds, " + stops + " stops, " + kills + " kills";
        return new Result(failures, counts, summary);
    }

    private void start(int place) throws IOException {
        int number = started++;
        children[place] = new Child(
                HammerMain.class, plan.arguments(number, directory), number, logs, line -> relay(place, line));
    }

    /** Offers go to the other process, and some to their own. */
    private synchronized void relay(int place, String line) {
        Child other = children[1 - place];
        if (other != null) {
            other.tell(line);
        }
        if (line.hashCode() % 4 == 0) {
            children[place].tell(line);
        }
    }

    private void round() throws IOException, InterruptedException {
        String round = " " + rounds++;
        for (Child child : children) {
            child.tell("round" + round);
        }
        if (plan.rough()) {
            disturb(round);
        }
        for (Child child : children) {
            await(child, "idle" + round);
        }
        for (Child child : children) {
            child.tell("rest" + round);
        }
        for (Child child : children) {
            await(child, "rested" + round);
        }
    }

    private void disturb(String round) throws IOException, InterruptedException {
        for (int i = random.nextInt(6); i > 0; i--) {
            Thread.sleep(random.nextLong(MAX_STOP_MILLIS)); // the machine's time is the only thing to wait for
            int place = random.nextInt(2);
            Child child = children[place];
            if (random.nextInt(5) == 0) {
                child.kill();
                kills++;
                finish(child);
                start(place);
                children[place].tell("round" + round);
            } else {
                Processes.kill(child.pid(), Signals.SIGSTOP);
                stops++;
                Thread.sleep(random.nextLong(MAX_STOP_MILLIS));
                Processes.kill(child.pid(), Signals.SIGCONT);
            }
        }
    }

    /** Reads lines up to the one that is waited for. */
    private void await(Child child, String wanted) throws IOException, InterruptedException {
        long end = System.nanoTime() + ROUND_MILLIS * 1_000_000;
        while (failures.size() < 100) {
            String line = child.next(1000);
            if (line == null && System.nanoTime() - end > 0) {
                child.dump();
                failures.add(child.description() + " hangs: no '" + wanted + "' in " + ROUND_MILLIS
                        + " ms; its threads: " + threads(child));
                return;
            }
            if (line != null && take(child, line, wanted)) {
                return;
            }
        }
    }

    private static String threads(Child child) throws InterruptedException {
        StringBuilder dump = new StringBuilder();
        for (String line = child.next(2000); line != null; line = child.next(2000)) {
            dump.append('\n').append(line);
        }
        return dump.toString();
    }

    private boolean take(Child child, String line, String wanted) {
        if (line.startsWith("fail ")) {
            failures.add(child.description() + " " + line.substring(5).replace("\\n", "\n"));
        } else if (line.startsWith("count ")) {
            String[] parts = line.split(" ", 3);
            counts.merge(parts[2], Long.parseLong(parts[1]), Long::sum);
        } else if (line.equals("eof")) {
            failures.add(child.description() + " ended before '" + wanted + "'");
            return true;
        }
        if (Boolean.getBoolean("dray.hammer.verbose") && line.startsWith("rested ")) {
            System.err.println(child.pid() + " " + line);
        }
        return line.startsWith(wanted);
    }

    private void finish(Child child) throws IOException, InterruptedException {
        if (!child.isKilled()) {
            child.tell("end");
            await(child, "bye");
        }
        child.end().ifPresent(failures::add);
        child.complaints().forEach(line -> failures.add(child.description() + " says: " + line));
    }

    /** Whatever killed processes left goes with the next open, and that one's own files with its close. */
    private void sweep() throws IOException {
        Dray.load(DrayOptions.builder().directory(directory).build()).close();
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory)) {
            left.forEach(file -> failures.add("left behind: " + file));
        }
    }

    @Override
    public void close() {
        for (Child child : children) {
            if (child != null) {
                child.close();
            }
        }
        Scratch.delete(directory);
    }
}
