package org.dray.hammer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.dray.Access;
import org.dray.CopyEngine;
import org.dray.MemoryRegion;
import org.dray.RegionToken;
import org.dray.Tokens;
import org.dray.hammer.Judge.Verdict;

/** What a peer does with tokens: good, stale, damaged and forged ones. */
final class AttachSteps {
    private static final int MINOR_VERSION = 5;

    private final Worker worker;
    private final World world;
    private final SplittableRandom random;

    AttachSteps(Worker worker) {
        this.worker = worker;
        this.world = worker.world;
        this.random = worker.random;
    }

    void enter() {
        worker.enter(12, this::attach);
        worker.enter(4, this::detach);
        worker.enter(3, this::forge);
        worker.enter(2, this::flip);
        worker.enter(1, this::noise);
        worker.enter(1, this::explain);
    }

    private void attach() {
        world.offers.look(random).ifPresent(offer -> {
            Session session = world.session;
            List<MemoryRegion> attached = new ArrayList<>();
            if (!worker.call(
                    "attach", Verdicts.attaching(world.plan), () -> attached.add(attach(session, offer.tokens())))) {
                world.offers.remove(offer);
                return;
            }
            MemoryRegion region = attached.get(0);
            if (region.byteSize() != offer.lengthBytes() || region.access() != offer.access()) {
                worker.judge.fail(region + " was attached from " + offer, null);
            }
            Optional<Attachment> other = world.attachments.put(new Attachment(region, offer, session), random);
            other.ifPresent(this::detach);
        });
    }

    private MemoryRegion attach(Session session, Tokens tokens) {
        if (random.nextBoolean()) {
            return session.dray().attach(tokens);
        }
        RegionToken token = tokens.list().get(random.nextInt(tokens.list().size()));
        return session.dray().engine(token.backendId()).attach(token);
    }

    private void detach() {
        world.attachments.take(random).ifPresent(this::detach);
    }

    private void detach(Attachment attachment) {
        world.close("detach", attachment.region(), random, worker.thrown);
        worker.call(
                "attached is closed",
                Verdicts.MUST_BE_CLOSED,
                () -> attachment.region().slice(0, 1));
    }

    /** A token with a good checksum that nobody gave out. It may hit a region: then with that region's own access. */
    private void forge() {
        Session session = world.session;
        Optional<Offer> known = world.offers.look(random);
        Optional<RegionToken> token = known.map(offer -> offer.tokens().list().get(0));
        RegionToken forged = new Forger(random).forge(token, session.dray().self());
        Verdict verdict = Verdicts.attachingForged(world.plan);
        List<MemoryRegion> attached = new ArrayList<>();
        boolean hit;
        if (random.nextBoolean()) {
            CopyEngine engine = session.engine(random);
            hit = worker.call("forge", verdict, () -> attached.add(engine.attach(forged)));
        } else {
            hit = worker.call(
                    "forge all", verdict, () -> attached.add(session.dray().attach(new Tokens(List.of(forged)))));
        }
        if (hit) {
            MemoryRegion region = attached.get(0);
            boolean known1 = token.isPresent()
                    && forged.owner().equals(token.get().owner())
                    && forged.slot() == token.get().slot()
                    && forged.generation() == token.get().generation();
            if (known1 && region.access() != known.get().access()) {
                worker.judge.fail("forged " + forged + " gave " + region + " of " + known.get(), null);
            }
            world.close("detach", region, random, worker.thrown);
        }
    }

    private void flip() {
        world.offers.look(random).ifPresent(offer -> {
            boolean one = random.nextBoolean();
            byte[] bytes = one
                    ? offer.tokens().list().get(0).toBytes()
                    : offer.tokens().toBytes();
            int bit = random.nextInt(bytes.length * Byte.SIZE);
            if (!one && bit / Byte.SIZE == MINOR_VERSION) {
                return; // of the list: later ones are read like this one
            }
            bytes[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            worker.call("flip", Verdicts.NO_TOKEN, () -> parse(one, bytes));
        });
    }

    private void noise() {
        byte[] bytes = new byte[random.nextInt(3) == 0 ? RegionToken.BYTES : random.nextInt(300)];
        random.nextBytes(bytes);
        world.offers.look(random).ifPresent(offer -> {
            byte[] sound = offer.tokens().toBytes();
            System.arraycopy(sound, 0, bytes, 0, random.nextInt(Math.min(sound.length, bytes.length + 1)));
        });
        worker.call("noise", Verdicts.NO_TOKEN, () -> parse(random.nextBoolean(), bytes));
    }

    private static void parse(boolean one, byte[] bytes) {
        if (one) {
            RegionToken.parse(bytes);
        } else {
            Tokens.parse(bytes);
        }
    }

    private void explain() {
        world.offers.look(random).ifPresent(offer -> {
            Session session = world.session;
            worker.call("explain", Verdicts.OPEN, () -> {
                Access needed = offer.access();
                if (session.dray().explain(offer.tokens(), needed).candidates().isEmpty()) {
                    throw new AssertionError("nothing explained");
                }
            });
        });
    }
}
