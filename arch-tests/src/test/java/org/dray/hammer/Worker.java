package org.dray.hammer;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.dray.MemoryRegion;
import org.dray.hammer.Judge.Verdict;

/** One thread: makes decisions from its seed, and calls Dray. */
final class Worker implements Runnable {
    private static final int NEAR_BYTES = 300_000;

    final World world;
    final Judge judge;
    final int thread;
    final SplittableRandom random;
    final Near near;
    final Near second;

    /** What the last call threw. */
    final Throwable[] thrown = {null};

    private final List<Runnable> wheel = new ArrayList<>();

    Worker(World world, int round, int thread) {
        this.world = world;
        this.judge = world.judge;
        this.thread = thread;
        this.random = new SplittableRandom(Pattern.mix(
                world.plan.seed() ^ Pattern.mix(((long) world.child << 40) | ((long) round << 8) | thread)));
        near = new Near(NEAR_BYTES, this::closeNear);
        second = new Near(NEAR_BYTES, this::closeNear);
        new OwnerSteps(this).enter();
        new AttachSteps(this).enter();
        new CopySteps(this).enter();
        new MistakeSteps(this).enter();
        new OddSteps(this).enter();
        if (world.plan.uses("sim")) {
            new SpaceSteps(this).enter();
        }
    }

    private void closeNear(MemoryRegion region) {
        Throwable[] ignored = {null};
        world.close("close near", region, random, ignored);
    }

    void enter(int weight, Runnable step) {
        for (int i = 0; i < weight; i++) {
            wheel.add(step);
        }
    }

    boolean call(String what, Verdict verdict, Judge.Call call) {
        return judge.call(what, verdict, thrown, call);
    }

    @Override
    public void run() {
        try {
            for (int i = 0; i < world.plan.steps(); i++) {
                wheel.get(random.nextInt(wheel.size())).run();
                if (random.nextBoolean()) {
                    Thread.interrupted();
                }
            }
        } catch (RuntimeException | Error e) {
            judge.fail("a step", e);
        } finally {
            Thread.interrupted();
            near.close();
            second.close();
        }
    }
}
