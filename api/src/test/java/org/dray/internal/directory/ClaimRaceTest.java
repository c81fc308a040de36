package org.dray.internal.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.dray.Access;
import org.dray.spi.BackendException;
import org.dray.spi.Extents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The order of memory between a claim and a close, without anything else that would order it: a peer that has claimed
 * and then sees the slot open never sees it retired before it lets go.
 */
@Timeout(60)
class ClaimRaceTest {
    private static final long DURATION_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** On a machine that has no time for the peer, until it has had its chance. */
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(40);

    private static final int LOOKS = 500;
    private static final int COLD_LONGS = 1 << 22;
    private static final int COLD_STORES = 30;

    @TempDir
    Path parent;

    private volatile long current;
    private volatile long retired;
    private volatile boolean over;
    private volatile boolean hasFoundOpen;

    @Test
    void claimedRegionIsNotRetired() throws Exception {
        try (Instance owner = Instance.create(Optional.of(parent.resolve("base")));
                Instance peer = Instance.create(Optional.of(parent.resolve("base")))) {
            OwnerDirectory directory = OwnerDirectory.create(owner);
            Publication first = publish(directory);
            FutureTask<Long> copies = new FutureTask<>(() -> copy(peer, owner, first.slot()));
            new Thread(copies, "peer").start();
            try {
                assertThat(publishAndRetire(directory, first))
                        .as("rounds of the owner")
                        .isPositive();
            } finally {
                over = true;
            }
            assertThat(copies.get()).as("claims that found the slot open").isPositive();
        }
    }

    private Publication publish(OwnerDirectory directory) throws BackendException {
        Publication next = directory.publish("toy", Access.READ, false, Extents.of(16, 8), -1);
        current = next.generation();
        return next;
    }

    private long publishAndRetire(OwnerDirectory directory, Publication first) throws BackendException {
        long start = System.nanoTime();
        long rounds = 0;
        for (Publication next = first; goesOn(System.nanoTime() - start); next = publish(directory), rounds++) {
            directory.hide(next);
            assertThat(directory.retire(next, System.nanoTime() + TimeUnit.SECONDS.toNanos(10)))
                    .isTrue();
            retired = next.generation();
        }
        return rounds;
    }

    private boolean goesOn(long nanos) {
        return nanos < DURATION_NANOS || (!hasFoundOpen && nanos < MOST_NANOS);
    }

    private long copy(Instance peer, Instance owner, int slot) throws IOException {
        long found = 0;
        long[] cold = new long[COLD_LONGS];
        int at = 0;
        try (PeerDirectory lane = PeerDirectory.open(peer, owner.self())) {
            while (!over) {
                int generation = (int) current;
                // Stores that have to wait for memory, and that the claim has to wait for unless something hurries it.
                for (int i = 0; i < COLD_STORES; i++) {
                    at = (at + 99_991) & (COLD_LONGS - 1);
                    cold[at] = generation;
                }
                PeerSlot words = lane.slot(slot, generation);
                words.claim(0, 0);
                if (words.isPublished()) {
                    found++;
                    hasFoundOpen = true;
                    for (int i = 0; i < LOOKS; i++) {
                        if (retired >= generation) {
                            throw new AssertionError("retired while it was claimed");
                        }
                    }
                }
                words.unclaim(0, 0);
            }
        }
        return found;
    }
}
