package org.dray.hammer;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.dray.CopyException;
import org.dray.CopyStatus;

/** What the threads of one process share. */
final class World {
    private static final int CHILD_SHIFT = 40;
    private static final int BIG_NEAR_BYTES = 6_200_000;

    final Plan plan;
    final int child;
    final Judge judge;
    final Pool pool;
    final Arena arena = new Arena();
    final Bag<Offer> offers = new Bag<>(40);
    final Bag<Attachment> attachments = new Bag<>(24);
    final Bag<Holding> holdings = new Bag<>(20);

    /** What answered BUSY: to be closed again. */
    final Bag<AutoCloseable> busy = new Bag<>(1 << 20);

    final AtomicBoolean bigNearTaken = new AtomicBoolean();
    final Near bigNear;
    volatile List<Thread> threads = List.of();
    volatile Session session;

    private final Path directory;
    private final Consumer<String> tell;
    private final AtomicLong ids = new AtomicLong();
    private final AtomicBoolean reopening = new AtomicBoolean();
    private final Map<String, AtomicInteger> usesOfSingleUse = new ConcurrentHashMap<>();

    World(Plan plan, int child, Path directory, Consumer<String> tell) {
        this.plan = plan;
        this.child = child;
        this.directory = directory;
        this.tell = tell;
        this.judge = new Judge(plan.rough(), text -> tell.accept("fail " + text.replace("\n", "\\n")));
        this.bigNear = new Near(
                BIG_NEAR_BYTES, region -> close("close near", region, new SplittableRandom(child), new Throwable[1]));
        this.pool = new Pool(judge);
    }

    /** Unique in the whole run. */
    long nextId() {
        return ((long) child << CHILD_SHIFT) | ids.incrementAndGet();
    }

    void publish(Offer offer) {
        tell.accept("offer " + offer.toLine());
    }

    /** Where a thread may write in a region with stripes. */
    int stripe(int thread) {
        return (child * plan.threads() + thread) % Offer.STRIPES;
    }

    /** A copy through a single-use token was told OK: each engine has a token of its own. */
    void used(Offer offer, String engineId) {
        String token = offer + " by " + engineId;
        int uses = usesOfSingleUse
                .computeIfAbsent(token, key -> new AtomicInteger())
                .incrementAndGet();
        if (uses > 1) {
            judge.fail(token + " was used " + uses + " times", null);
        }
    }

    void open() {
        session = Session.open(plan, directory);
        usesOfSingleUse.clear();
    }

    /** Replaces the Dray that everybody uses, and closes the old one under them. */
    void reopen() {
        if (reopening.compareAndSet(false, true)) {
            try {
                Session old = session;
                Throwable[] thrown = {null};
                if (judge.call("load", Verdicts.ALWAYS, thrown, () -> session = Session.open(plan, directory))) {
                    close("closeDray", old.dray(), new SplittableRandom(), thrown);
                }
            } finally {
                reopening.set(false);
            }
        }
    }

    /** Closes something that one closes until it is closed. */
    void close(String what, AutoCloseable thing, SplittableRandom random, Throwable[] thrown) {
        if (!judge.call(what, Verdicts.ALWAYS, thrown, thing::close)) {
            busy.put(thing, random);
        }
    }

    /** Ends everything between two rounds. */
    void rest(SplittableRandom random) {
        Throwable[] thrown = {null};
        offers.takeAll();
        if (random.nextBoolean()) {
            attachments.takeAll().forEach(attachment -> close("detach", attachment.region(), random, thrown));
        }
        if (random.nextBoolean()) {
            holdings.takeAll().forEach(holding -> close("retire", holding, random, thrown));
        }
        close("closeDray", session.dray(), random, thrown);
        session = null;
        bigNear.close();
        attachments.takeAll();
        holdings.takeAll().forEach(holding -> close("retire", holding, random, thrown));
        busy.takeAll().forEach(this::insist);
    }

    private void insist(AutoCloseable thing) {
        for (int attempt = 0; ; attempt++) {
            try {
                thing.close();
                return;
            } catch (Exception e) {
                if (!(e instanceof CopyException copy) || copy.status() != CopyStatus.BUSY || attempt == 100) {
                    judge.fail("after the round " + thing + " does not close", e);
                    return;
                }
            }
        }
    }
}
