package org.dray.hammer;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.dray.Access;
import org.dray.AddressSpace;
import org.dray.CopyEngine;
import org.dray.MemoryRegion;
import org.dray.hammer.Judge.Verdict;

/** What happens now and then: questions, interrupts, a Dray closed under everybody, memory that is not there. */
final class OddSteps {
    private static final long NOWHERE = 0x0800_0000_0000L;

    private final Worker worker;
    private final World world;
    private final SplittableRandom random;

    OddSteps(Worker worker) {
        this.worker = worker;
        this.world = worker.world;
        this.random = worker.random;
    }

    void enter() {
        worker.enter(3, this::ask);
        worker.enter(2, this::interrupt);
        worker.enter(2, this::use);
        worker.enter(1, this::strangeAddress);
        worker.enter(1, this::strangeAllocation);
        worker.enter(1, this::reopen);
    }

    private void ask() {
        Session session = world.session;
        List<Object> answers = new ArrayList<>();
        worker.call("ask", Verdicts.OPEN, () -> {
            answers.addAll(session.dray().reports());
            answers.add(session.dray().selection());
            answers.add(session.dray().self());
            answers.add(session.dray().engine(session.engine(random).id()).info());
            world.offers
                    .look(random)
                    .ifPresent(offer ->
                            session.dray().admit(offer.tokens().list().get(0).owner()));
        });
        worker.call("ask", Verdicts.ALWAYS, () -> {
            world.attachments.look(random).ifPresent(attachment -> {
                answers.add(attachment.region().isConsumed());
                answers.add(attachment.region().isOpen());
                answers.add(attachment.region());
            });
            world.holdings.look(random).ifPresent(holding -> holding.regions().forEach(MemoryRegion::isConsumed));
        });
        if (answers.toString().isEmpty()) {
            worker.judge.fail("nothing answered", null);
        }
    }

    private void interrupt() {
        List<Thread> threads = world.threads;
        threads.get(random.nextInt(threads.size())).interrupt();
    }

    /** Regions of the own process, while others may close them. */
    private void use() {
        world.holdings.look(random).ifPresent(holding -> {
            MemoryRegion region = holding.regions().get(0);
            worker.call("use", Verdicts.OPEN, () -> region.slice(0, 1).slice(0, 1));
            worker.call("use", Verdicts.OPEN, region::token);
            boolean mappable =
                    holding.store().parts().size() == 1 && holding.regions().size() == 1;
            if (mappable) {
                Verdict either = new Verdict(
                        true,
                        java.util.Set.of(),
                        java.util.Set.of(IllegalStateException.class, UnsupportedOperationException.class));
                long length = 1 + random.nextLong(region.byteSize());
                worker.call("map", either, () -> region.map(0, length).get((int) length - 1));
            }
        });
    }

    /** An address is only a number until a copy uses it, and then the copy fails. */
    private void strangeAddress() {
        Session session = world.session;
        long address = switch (random.nextInt(4)) {
            case 0 -> 1 + random.nextInt(4095);
            case 1 -> NOWHERE + random.nextInt(1 << 20);
            case 2 -> Long.MIN_VALUE + random.nextLong(1L << 62);
            default -> 1 + random.nextLong(1L << 16);
        };
        long most = address < 0 ? -address : Long.MAX_VALUE - address;
        long length = random.nextBoolean() ? most : 1 + random.nextLong(Math.min(most, 1L << 40));
        CopyEngine engine = session.engine(random);
        worker.call("strange address", Verdicts.STRANGE, () -> {
            try (MemoryRegion wrapped = session.dray().wrapAddress(address, length, this)) {
                engine.register(wrapped, Access.READ_WRITE).close();
            }
        });
        world.attachments.look(random).ifPresent(far -> {
            Offer offer = far.offer();
            if (offer.access().isReadable() && !offer.singleUse()) {
                worker.call("read to nowhere", Verdicts.copyingNowhere(world.plan, offer), () -> {
                    try (MemoryRegion wrapped = far.session().dray().wrapAddress(NOWHERE, 1 << 20, this)) {
                        far.region().engine().copy(far.region(), 0, wrapped, 0, Math.min(offer.lengthBytes(), 5000));
                    }
                });
            }
        });
    }

    private void strangeAllocation() {
        CopyEngine engine = world.session.engine(random);
        long length = random.nextBoolean() ? Long.MAX_VALUE - random.nextInt(3) : 1L << (40 + random.nextInt(23));
        worker.call(
                "strange allocation",
                Verdicts.ALLOCATING,
                () -> engine.allocate(length, Access.READ_WRITE).close());
        worker.call("allocate", Verdicts.OPEN, () -> {
            int bytes = 1 + random.nextInt(5 << 20);
            ByteBuffer buffer;
            try (MemoryRegion region = engine.allocate(bytes, Access.READ_WRITE)) {
                buffer = region.map(0, bytes);
            }
            buffer.put(bytes - 1, (byte) 1);
            if (buffer.get(0) != 0 && bytes > 1) {
                throw new AssertionError("allocated memory is not zeroed");
            }
        });
        if (engine.info().spaces(AddressSpace.Kind.DEVICE).isEmpty()) {
            worker.call(
                    "strange space",
                    Verdicts.BAD_ARGUMENT,
                    () -> engine.region(engine.info().spaces().get(0), 0, 1, Access.READ));
        }
    }

    private void reopen() {
        if (random.nextInt(8) == 0) {
            world.reopen();
        }
    }
}
