package org.dray.backend.knem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.dray.CopyStatus;
import org.dray.Dray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Another process is killed at a random moment, as owner or as peer: this one lives on, learns what happened, and loses
 * nothing. {@code -Ddray.knem.kills} says how often, {@code -Ddray.knem.seed} repeats the choices of a run.
 */
class KillTest {
    private static final int KILLS = Integer.getInteger("dray.knem.kills", 50);
    private static final long SEED = Long.getLong("dray.knem.seed", System.nanoTime());

    /** So few that this process's contexts are never replaced. */
    private static final int CHANGES_PER_ROUND = 20;

    private static final long MOST_MICROS_UNTIL_KILL = 30_000;
    private static final long WATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(60);
    private static final long MARK = 0x6b6e_656d_6b69_6c6cL;
    private static final int MARK_EVERY_BYTES = 64;

    /** A thread that Dray keeps until it is closed. */
    private static final String OWN_THREAD = "thread dray-copy-";

    private final Random random = new Random(SEED);

    @TempDir
    private Path directory;

    /** Memory that was taken back in the last round. */
    private ByteBuffer lastMemory = ByteBuffer.allocate(0);

    @Test
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void survivorLearnsWhatHappenedAndLosesNothing() throws Exception {
        System.out.println(KILLS + " kills with -Ddray.knem.seed=" + SEED);
        Dray.load(KillMain.options(directory)).close(); // what comes with the first use stays
        Traces.now();
        Traces closed = Traces.now();
        DeviceContents before = DeviceContents.now();
        killAll();
        assertThat(closed.left()).as("left after close, seed " + SEED).isEmpty();
        assertThat(before.left()).as("left in the driver, seed " + SEED).isEmpty();
    }

    /** Apart, so that nothing on the stack keeps what was closed. */
    private void killAll() throws Exception {
        try (Dray dray = Dray.load(KillMain.options(directory))) {
            rounds(dray, 2);
            Traces open = Traces.now();
            rounds(dray, KILLS);
            assertThat(open.left())
                    .as("left behind, seed " + SEED)
                    .allMatch(trace -> trace.startsWith(OWN_THREAD)); // it has as many as were busy at once
        }
    }

    private void rounds(Dray dray, int count) throws Exception {
        Child next = child();
        for (int round = 0; round < count; round++) {
            try (Child child = next) {
                next = round + 1 < count ? child() : null;
                child.await(KillMain.READY);
                String name = "round " + round + " of seed " + SEED;
                if (round % 2 == 0) {
                    killOwner(dray, child, name);
                } else {
                    killPeer(dray, child, name);
                }
                assertThat(child.end()).as(name).doesNotContain(KillMain.FAILED, "Exception");
            } catch (RuntimeException | Error e) {
                closeUnused(next);
                throw new AssertionError("round " + round + " of -Ddray.knem.seed=" + SEED, e);
            }
        }
    }

    private static void closeUnused(Child child) {
        if (child != null) {
            child.close();
        }
    }

    private Child child() {
        return Child.start(Child.java(List.of(), KillMain.class, directory.toString()));
    }

    /** The owner dies under copies from and into its memory, while own memory is registered and closed. */
    private void killOwner(Dray dray, Child owner, String name) throws InterruptedException {
        owner.send("own");
        String[] offer = owner.await(KillMain.OFFER).split(" ", -1);
        Traffic traffic = new Traffic(dray, offer[0], offer[1], random.nextLong());
        Owned owned = new Owned(dray, CHANGES_PER_ROUND);
        if (random.nextInt(4) > 0) {
            traffic.awaitBegun();
        }
        pause(MOST_MICROS_UNTIL_KILL);
        owner.kill();
        assertThat(traffic.end()).as(name).isEqualTo(Set.of(CopyStatus.PEER_GONE));
        close(owned);
    }

    /** The peer dies under its copies into memory that is then taken back. */
    private void killPeer(Dray dray, Child peer, String name) throws InterruptedException {
        Owned owned = new Owned(dray, CHANGES_PER_ROUND);
        peer.send("copy " + owned.offer() + " " + random.nextLong());
        if (random.nextInt(4) > 0) {
            peer.await(KillMain.BEGUN);
        }
        pause(MOST_MICROS_UNTIL_KILL);
        switch (random.nextInt(3)) {
            case 0 -> {
                peer.kill();
                close(owned);
            }
            case 1 -> {
                peer.kill();
                peer.end();
                close(owned);
            }
            default -> closeAndKill(owned, peer);
        }
        requireSameMemory(owned, name);
        String printed = peer.end().replace(KillMain.ENDED + "[TOKEN_STALE]", ""); // closed before it was killed
        assertThat(printed).as(name).doesNotContain(KillMain.ENDED);
    }

    private static void close(Owned owned) {
        assertTimeoutPreemptively(CLOSE_LIMIT, owned::close);
    }

    /** The peer dies while this process waits for it, or has just been told that the region has ended. */
    private void closeAndKill(Owned owned, Child peer) throws InterruptedException {
        long micros = random.nextInt(2000);
        Thread killer = new Thread(() -> {
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(micros));
            peer.kill();
        });
        killer.start();
        close(owned);
        killer.join();
    }

    /** Nobody writes to memory that was taken back: not soon, and not until the next round. */
    private void requireSameMemory(Owned owned, String name) {
        ByteBuffer memory = owned.scratch();
        for (int i = 0; i < memory.capacity(); i += MARK_EVERY_BYTES) {
            memory.putLong(i, MARK);
        }
        for (long startNanos = System.nanoTime(); System.nanoTime() - startNanos < WATCH_NANOS; ) {
            requireMarks(memory, "after close, " + name);
        }
        requireMarks(lastMemory, "long after close, before " + name);
        assertThat(Owned.isPatternIntact())
                .as("memory that nobody may write to, " + name)
                .isTrue();
        lastMemory = memory;
    }

    private static void requireMarks(ByteBuffer memory, String when) {
        for (int i = 0; i < memory.capacity(); i += MARK_EVERY_BYTES) {
            if (memory.getLong(i) != MARK) {
                throw new AssertionError("byte " + i + " was written to " + when);
            }
        }
    }

    private void pause(long mostMicros) {
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextLong(mostMicros + 1)));
    }
}
