package org.dray.hammer;

import java.nio.file.Path;
import java.util.List;

/**
 * What a run does. The same plan makes the same decisions; how threads and processes interleave is the machine's.
 *
 * @param backends ids that Dray is told to require
 * @param rough whether processes are stopped and killed
 * @param seed of all decisions
 * @param seconds no round starts after so long
 * @param rounds at most so many rounds
 * @param steps of each thread in each round
 * @param threads in each process
 */
record Plan(List<String> backends, boolean rough, long seed, int seconds, int rounds, int steps, int threads) {
    private static final long CALM_CLOSE_MILLIS = 20_000;
    private static final long ROUGH_CLOSE_MILLIS = 100;

    /** From system properties, whose values a failed run has printed. */
    static Plan of(String backends, boolean rough, int seconds) {
        return new Plan(
                List.of(backends.split("\\+", -1)),
                rough,
                Long.getLong("dray.hammer.seed", System.nanoTime() & 0xffff_ffffL),
                Integer.getInteger("dray.hammer.seconds", seconds),
                Integer.getInteger("dray.hammer.rounds", Integer.MAX_VALUE),
                Integer.getInteger("dray.hammer.steps", 120),
                Integer.getInteger("dray.hammer.threads", 8));
    }

    /** Nobody is stopped in a calm run: a close that gives up is a failure there, and the rule in a rough one. */
    long closeMillis() {
        return rough ? ROUGH_CLOSE_MILLIS : CALM_CLOSE_MILLIS;
    }

    boolean uses(String backend) {
        return backends.contains(backend);
    }

    /** Arguments for a process of the run; {@link #parse} reads them. */
    List<String> arguments(int child, Path directory) {
        return List.of(
                String.join("+", backends),
                Boolean.toString(rough),
                Long.toString(seed),
                Integer.toString(steps),
                Integer.toString(threads),
                Integer.toString(child),
                directory.toString());
    }

    static Plan parse(String[] arguments) {
        return new Plan(
                List.of(arguments[0].split("\\+", -1)),
                Boolean.parseBoolean(arguments[1]),
                Long.parseLong(arguments[2]),
                0,
                0,
                Integer.parseInt(arguments[3]),
                Integer.parseInt(arguments[4]));
    }

    static int child(String[] arguments) {
        return Integer.parseInt(arguments[5]);
    }

    static Path directory(String[] arguments) {
        return Path.of(arguments[6]);
    }

    String name() {
        return String.join("+", backends) + (rough ? "-rough" : "-calm");
    }

    /** How to run it again. */
    @Override
    public String toString() {
        return name() + " -Ddray.hammer.seed=" + seed + " -Ddray.hammer.seconds=" + seconds + " -Ddray.hammer.steps="
                + steps + " -Ddray.hammer.threads=" + threads;
    }
}
