package org.dray.backend.knem;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.dray.Access;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.Dray;
import org.dray.MemoryRegion;
import org.dray.Tokens;

/**
 * Copies from and into what another process has {@link Owned#offer offered}, in several threads, until that fails. What
 * arrives is compared.
 */
final class Traffic {
    private static final int COMPARED_BYTES = 64;
    private static final long LIMIT_MILLIS = TimeUnit.SECONDS.toMillis(60);

    private final Dray dray;
    private final Tokens patternTokens;
    private final Tokens scratchTokens;
    private final List<Worker> workers = new ArrayList<>();
    private final CountDownLatch begun;

    Traffic(Dray dray, String patternTokens, String scratchTokens, long seed) {
        this.dray = dray;
        this.patternTokens = parse(patternTokens);
        this.scratchTokens = parse(scratchTokens);
        Random random = new Random(seed);
        for (Work work : List.<Work>of(this::read, this::write, this::queue, this::attach)) {
            workers.add(new Worker(work, random.nextLong()));
        }
        begun = new CountDownLatch(workers.size());
        workers.forEach(Thread::start);
    }

    private static Tokens parse(String hex) {
        return Tokens.parse(HexFormat.of().parseHex(hex));
    }

    private interface Work {
        void run(Worker worker) throws InterruptedException;
    }

    /** A thread that copies, and how that ended. */
    final class Worker extends Thread {
        final Random random;
        final Set<CopyStatus> ends = new TreeSet<>();
        private final Work work;
        private boolean hasBegun;
        private Throwable failure;

        Worker(Work work, long seed) {
            this.work = work;
            this.random = new Random(seed);
            setDaemon(true);
        }

        void hasCopied() {
            if (!hasBegun) {
                hasBegun = true;
                begun.countDown();
            }
        }

        @Override
        public void run() {
            try {
                work.run(this);
            } catch (CopyException e) {
                ends.add(e.status());
            } catch (InterruptedException | RuntimeException | Error e) {
                failure = e;
            }
            hasCopied();
        }

        /** It stays so. */
        void endsAgain(Runnable copy) {
            try {
                copy.run();
            } catch (CopyException e) {
                ends.add(e.status());
                return;
            }
            throw new AssertionError("a copy succeeded after one had failed with " + ends);
        }
    }

    /** Returns when each thread has copied, or failed. */
    void awaitBegun() throws InterruptedException {
        if (!begun.await(LIMIT_MILLIS, TimeUnit.MILLISECONDS)) {
            throw new AssertionError("nothing is copied: " + stacks());
        }
    }

    /** Waits until each thread has failed; gives how. */
    Set<CopyStatus> end() throws InterruptedException {
        Set<CopyStatus> ends = new TreeSet<>();
        for (Worker worker : workers) {
            worker.join(LIMIT_MILLIS);
            if (worker.isAlive() || worker.failure != null) {
                throw new AssertionError("still running, or failed: " + stacks(), worker.failure);
            }
            ends.addAll(worker.ends);
        }
        return ends;
    }

    private String stacks() {
        StringBuilder text = new StringBuilder();
        workers.forEach(worker -> text.append("\n").append(worker).append(Arrays.toString(worker.getStackTrace())));
        return text.toString();
    }

    private void read(Worker worker) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(Owned.BYTES);
        try (MemoryRegion far = dray.attach(patternTokens);
                MemoryRegion near = dray.wrap(buffer)) {
            try {
                while (true) {
                    int lengthBytes = 1 + worker.random.nextInt(Owned.BYTES >> worker.random.nextInt(10));
                    int offsetBytes = worker.random.nextInt(Owned.BYTES - lengthBytes + 1);
                    far.engine().copy(far, offsetBytes, near, 0, lengthBytes);
                    requirePattern(buffer, 0, offsetBytes, lengthBytes);
                    worker.hasCopied();
                }
            } catch (CopyException e) {
                worker.ends.add(e.status());
                worker.endsAgain(() -> far.engine().copy(far, 0, near, 0, COMPARED_BYTES));
            }
        }
    }

    void requirePattern(ByteBuffer bytes, int at, int patternOffsetBytes, int lengthBytes) {
        int difference = bytes.slice(at, lengthBytes).mismatch(Owned.PATTERN.slice(patternOffsetBytes, lengthBytes));
        if (difference >= 0) {
            throw new AssertionError("byte " + difference + " of " + lengthBytes + " from " + patternOffsetBytes
                    + " is wrong after a successful copy");
        }
    }

    /** The first half of the memory is this thread's own: what it reads is what it has written. */
    private void write(Worker worker) {
        ByteBuffer written = ByteBuffer.allocateDirect(Owned.BYTES / 2);
        ByteBuffer seen = ByteBuffer.allocateDirect(Owned.BYTES / 2);
        try (MemoryRegion far = dray.attach(scratchTokens);
                MemoryRegion source = dray.wrap(written);
                MemoryRegion destination = dray.wrap(seen)) {
            try {
                while (true) {
                    int lengthBytes = 1 + worker.random.nextInt(written.capacity() >> worker.random.nextInt(10));
                    byte[] bytes = new byte[lengthBytes];
                    worker.random.nextBytes(bytes);
                    written.put(0, bytes);
                    far.engine().copy(source, 0, far, 0, lengthBytes);
                    far.engine().copy(far, 0, destination, 0, lengthBytes);
                    if (!written.slice(0, lengthBytes).equals(seen.slice(0, lengthBytes))) {
                        throw new AssertionError("what was written is not what is read");
                    }
                    worker.hasCopied();
                }
            } catch (CopyException e) {
                worker.ends.add(e.status());
                worker.endsAgain(() -> far.engine().copy(source, 0, far, 0, COMPARED_BYTES));
            }
        }
    }

    private void queue(Worker worker) throws InterruptedException {
        try (MemoryRegion far = dray.attach(patternTokens);
                MemoryRegion target = dray.attach(scratchTokens);
                QueuedTraffic queue = new QueuedTraffic(this, worker, dray, far, target)) {
            queue.run();
        }
    }

    private void attach(Worker worker) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(COMPARED_BYTES);
        try (MemoryRegion near = dray.wrap(buffer)) {
            try {
                while (true) {
                    try (MemoryRegion far = dray.attach(patternTokens, Access.READ)) {
                        far.engine().copy(far, 0, near, 0, COMPARED_BYTES);
                        requirePattern(buffer, 0, 0, COMPARED_BYTES);
                    }
                    worker.hasCopied();
                }
            } catch (CopyException e) {
                worker.ends.add(e.status());
                worker.endsAgain(() -> dray.attach(patternTokens, Access.READ).close());
            }
        }
    }
}
