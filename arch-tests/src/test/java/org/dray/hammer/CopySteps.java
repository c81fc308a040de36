package org.dray.hammer;

import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.dray.AddressSpace;
import org.dray.CopyEngine;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.MemoryRegion;
import org.dray.hammer.Offer.Content;

/** Copies with sound arguments. What they say is compared with what the bytes say. */
final class CopySteps {
    private final Worker worker;
    private final World world;
    private final SplittableRandom random;

    CopySteps(Worker worker) {
        this.worker = worker;
        this.world = worker.world;
        this.random = worker.random;
    }

    void enter() {
        worker.enter(30, () -> withAttachment(this::read));
        worker.enter(25, () -> withAttachment(this::write));
        worker.enter(2, this::readMuch);
        worker.enter(5, this::relay);
    }

    private void withAttachment(BiConsumer<Attachment, Near> step) {
        world.attachments.look(random).ifPresent(attachment -> {
            step.accept(attachment, worker.near);
            if (!attachment.region().isOpen()) {
                world.attachments.remove(attachment);
            }
        });
    }

    private void read(Attachment far, Near near) {
        Offer offer = far.offer();
        if (!offer.access().isReadable()) {
            return;
        }
        long most = Math.min(offer.lengthBytes(), near.lengthBytes() - 2 * Near.GUARD_BYTES);
        int length = length(most);
        long from = random.nextLong(offer.lengthBytes() - length + 1);
        int to = Near.GUARD_BYTES + random.nextInt(near.lengthBytes() - 2 * Near.GUARD_BYTES - length + 1);
        near.guard(to, length);
        boolean ok = worker.call("read " + offer.content(), Verdicts.copying(world.plan, offer), () -> {
            MemoryRegion nearRegion = near.region(far.session(), random);
            copy(far.region(), from, nearRegion, to, length);
        });
        int done = ok ? length : bytesDone(length);
        int written = near.written(to, done, length);
        if (written >= 0) {
            worker.judge.fail(
                    "read " + length + " bytes of " + offer + " to " + to + ", " + done + " done: byte " + written
                            + " was written",
                    worker.thrown[0]);
        }
        if (offer.content() == Content.CONSTANT && (ok || meansBytes())) {
            int right = Pattern.prefix(near.memory, to, done, offer.id(), from);
            if (right < done) {
                worker.judge.fail(
                        "read " + length + " bytes from " + from + " of " + offer + ": " + done + " done, wrong at "
                                + right + ": 0x" + Integer.toHexString(near.memory.get(to + right) & 0xff),
                        worker.thrown[0]);
            }
        }
        if (ok && length > 0 && offer.singleUse()) {
            world.used(offer, far.region().engine().id());
        }
    }

    /** The bytes of a prefix are right if the copy ended for a reason that does not make them doubtful. */
    private boolean meansBytes() {
        return worker.thrown[0] instanceof CopyException e
                && e.status() == CopyStatus.CANCELLED
                && e.bytesDone().isPresent();
    }

    /** Where nobody knows, all of them may have been written. */
    private int bytesDone(int length) {
        return worker.thrown[0] instanceof CopyException e ? (int) e.bytesDone().orElse(length) : 0;
    }

    private void write(Attachment far, Near near) {
        Offer offer = far.offer();
        if (!offer.access().isWritable()) {
            return;
        }
        boolean chaos = offer.content() == Content.CHAOS;
        long room = chaos ? offer.lengthBytes() : offer.stripeBytes();
        long first = chaos ? 0 : world.stripe(worker.thread) * room;
        int length = length(Math.min(room, near.lengthBytes()));
        long to = first + random.nextLong(room - length + 1);
        int from = random.nextInt(near.lengthBytes() - length + 1);
        long id = world.nextId();
        Pattern.fill(near.memory, from, length, id, 0);
        boolean ok = worker.call(
                "write " + offer.content(),
                Verdicts.copying(world.plan, offer),
                () -> copy(near.region(far.session(), random), from, far.region(), to, length));
        if (Pattern.prefix(near.memory, from, length, id, 0) < length) {
            worker.judge.fail("write to " + offer + " changed its source", worker.thrown[0]);
        }
        if (ok && length > 0 && offer.singleUse()) {
            world.used(offer, far.region().engine().id());
        } else if (ok && !chaos && offer.access().isReadable()) {
            readBack(far, to, length, id);
        } else if (timedOut()) {
            world.attachments.remove(far); // what was asked for may still be done
            world.offers.remove(offer);
        }
    }

    private boolean timedOut() {
        return worker.thrown[0] instanceof CopyException e && e.status() == CopyStatus.TIMEOUT;
    }

    private void readBack(Attachment far, long from, int length, long id) {
        Near near = worker.second;
        boolean ok = worker.call(
                "read back",
                Verdicts.copying(world.plan, far.offer()),
                () -> copy(far.region(), from, near.region(far.session(), random), 0, length));
        if (ok && Pattern.prefix(near.memory, 0, length, id, 0) < length) {
            worker.judge.fail("write of " + length + " bytes to " + from + " of " + far.offer() + " was lost", null);
        }
    }

    /** More than one step of the core's. */
    private void readMuch() {
        if (world.bigNearTaken.compareAndSet(false, true)) {
            try {
                withAttachment((far, near) -> read(far, world.bigNear));
            } finally {
                world.bigNearTaken.set(false);
            }
        }
    }

    /** From one peer region to another: an engine that can does it, the others refuse. */
    private void relay() {
        world.attachments
                .look(random)
                .ifPresent(from -> world.attachments.look(random).ifPresent(to -> {
                    Offer source = from.offer();
                    Offer target = to.offer();
                    if (from.session() != to.session()
                            || from.region().engine() != to.region().engine()
                            || !source.access().isReadable()
                            || !target.access().isWritable()
                            || source.content() != Content.CONSTANT
                            || source.singleUse()
                            || target.singleUse()
                            || target.content() != Content.STRIPES) {
                        return;
                    }
                    int length = length(Math.min(source.lengthBytes(), target.stripeBytes()));
                    long offset = world.stripe(worker.thread) * target.stripeBytes();
                    CopyEngine engine = from.region().engine();
                    if (engine.info()
                            .route(AddressSpace.Kind.PEER, AddressSpace.Kind.PEER)
                            .isEmpty()) {
                        worker.call(
                                "relay",
                                Verdicts.UNSUPPORTED,
                                () -> engine.copy(from.region(), 0, to.region(), offset, length));
                    } else if (worker.call(
                                    "relay",
                                    Verdicts.copying(world.plan, target),
                                    () -> engine.copy(from.region(), 0, to.region(), offset, length))
                            && target.access().isReadable()) {
                        readBack(to, offset, length, source.id());
                    }
                }));
    }

    private void copy(MemoryRegion source, long from, MemoryRegion target, long to, long length) {
        CopyEngine engine = (source.kind() == AddressSpace.Kind.PEER ? source : target).engine();
        if (random.nextInt(4) == 0 && length > 0) {
            Ways.copy(engine, source.slice(from, length), 0, target.slice(to, length), 0, length, random);
        } else {
            Ways.copy(engine, source, from, target, to, length, random);
        }
    }

    /** Zero now and then, else of any order of magnitude. */
    private int length(long most) {
        if (random.nextInt(30) == 0) {
            return 0;
        }
        long bound = 1L << random.nextInt(Long.SIZE - Long.numberOfLeadingZeros(most));
        return (int) Math.min(most, bound + random.nextLong(bound));
    }
}
