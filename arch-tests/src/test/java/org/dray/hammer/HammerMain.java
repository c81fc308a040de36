package org.dray.hammer;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * One of the processes that hammer. Reads lines: {@code round n}, {@code offer ...}, {@code rest n}, {@code end};
 * writes {@code offer ...}, {@code idle n}, {@code rested n}, {@code fail ...}, {@code count ...}.
 */
final class HammerMain {
    /** After so many rounds everything that is made once has been made. */
    private static final int WARM_ROUNDS = 2;

    /**
     * Rounds differ in what they touch, and the compilers work for many of them: the JVM's own memory goes up and down
     * by so much (62 MiB were seen in a run of 74 rounds, and not in its repetition). Small leaks are RepeatMain's
     * business.
     */
    private static final long RESIDENT_KILOBYTES = 96 << 10;

    private final World world;
    private final PrintStream out;
    private final Path directory;
    private final BlockingQueue<String> commands = new LinkedBlockingQueue<>();
    private Footprint warm;

    private HammerMain(Plan plan, int child, Path directory, PrintStream out) {
        this.out = out;
        this.directory = directory;
        this.world = new World(plan, child, directory, this::tell);
    }

    private synchronized void tell(String line) {
        out.println(line);
        out.flush();
    }

    public static void main(String[] arguments) throws Exception {
        // Whatever else prints, does not print into the conversation.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        System.setOut(System.err);
        HammerMain main = new HammerMain(Plan.parse(arguments), Plan.child(arguments), Plan.directory(arguments), out);
        Thread reader = new Thread(main::listen, "listener");
        reader.setDaemon(true);
        reader.start();
        main.obey();
    }

    private void listen() {
        SplittableRandom random = new SplittableRandom(world.child);
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("offer ")) {
                    world.offers.put(Offer.parse(line.substring(6)), random);
                } else {
                    commands.add(line);
                }
            }
        } catch (IOException e) {
            System.err.println("the parent is gone: " + e);
        }
        Runtime.getRuntime().halt(3);
    }

    private void obey() throws InterruptedException {
        for (String command = commands.take(); ; command = commands.take()) {
            String[] words = command.split(" ", -1);
            switch (words[0]) {
                case "round" -> round(Integer.parseInt(words[1]));
                case "rest" -> rest(Integer.parseInt(words[1]));
                default -> {
                    world.judge.counts().forEach((what, count) -> tell("count " + count + " " + what));
                    tell("bye");
                    return;
                }
            }
        }
    }

    private void round(int number) throws InterruptedException {
        world.open();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < world.plan.threads(); i++) {
            threads.add(new Thread(new Worker(world, number, i), "hammer-" + i));
        }
        world.threads = threads;
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        world.threads = List.of();
        tell("idle " + number);
    }

    private void rest(int number) {
        world.rest(new SplittableRandom(world.plan.seed() + number));
        Footprint now = Footprint.settled(directory);
        if (number < WARM_ROUNDS) {
            warm = now;
        } else if (warm != null) {
            List<String> growth = now.growthSince(warm, RESIDENT_KILOBYTES);
            if (!growth.isEmpty()) {
                world.judge.fail("after round " + number + " more is left than before: " + growth, null);
            }
        } else {
            warm = now;
        }
        tell("rested " + number + " " + now);
    }
}
