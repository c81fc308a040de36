package org.dray.hammer;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.dray.Access;
import org.dray.CopyEngine;
import org.dray.MemoryRegion;
import org.dray.RegionOption;
import org.dray.Tokens;
import org.dray.hammer.Offer.Content;

/** What an owner does: exports memory of all sorts, takes it back, and tears pages out under the others. */
final class OwnerSteps {
    private static final int MAX_ALLOCATED_BYTES = 500_000;

    private final Worker worker;
    private final World world;
    private final SplittableRandom random;

    OwnerSteps(Worker worker) {
        this.worker = worker;
        this.world = worker.world;
        this.random = worker.random;
    }

    void enter() {
        worker.enter(8, this::exportBuffers);
        worker.enter(3, this::exportAllocated);
        worker.enter(2, this::exportTorn);
        worker.enter(7, this::retire);
        worker.enter(5, this::tear);
    }

    private void exportBuffers() {
        if (!world.holdings.isFull()) {
            world.pool.take(random).ifPresent(store -> {
                Content content = random.nextBoolean() ? Content.CONSTANT : Content.STRIPES;
                boolean readOnly = content == Content.CONSTANT && random.nextBoolean();
                List<ByteBuffer> parts = store.parts().stream()
                        .map(part -> readOnly ? part.asReadOnlyBuffer() : part)
                        .toList();
                share(store, content, (access, options) -> register(parts, access, options));
            });
        }
    }

    private List<MemoryRegion> register(List<ByteBuffer> parts, Access access, RegionOption... options) {
        Session session = world.session;
        if (parts.size() == 1 && random.nextBoolean()) {
            return random.nextBoolean()
                    ? session.dray().export(parts.get(0), access, options).regions()
                    : List.of(session.engine(random).register(parts.get(0), access, options));
        }
        return registerWrapped(session, session.dray().wrap(parts), access, options);
    }

    private List<MemoryRegion> registerWrapped(
            Session session, MemoryRegion wrapped, Access access, RegionOption... options) {
        try {
            return random.nextBoolean()
                    ? session.dray().export(wrapped, access, options).regions()
                    : List.of(session.engine(random).register(wrapped, access, options));
        } finally {
            world.close("close near", wrapped, random, new Throwable[1]);
        }
    }

    private void exportAllocated() {
        if (world.holdings.isFull()) {
            return;
        }
        Allocated store = new Allocated();
        int lengthBytes = Offer.STRIPES * Long.BYTES + random.nextInt(MAX_ALLOCATED_BYTES);
        share(store, random.nextBoolean() ? Content.CONSTANT : Content.STRIPES, (access, options) -> {
            CopyEngine engine = world.session.engine(random);
            MemoryRegion region = engine.allocate(lengthBytes, access, options);
            store.buffer = region.map(0, lengthBytes);
            return List.of(region);
        });
    }

    private void exportTorn() {
        if (!world.holdings.isFull()) {
            world.arena
                    .take(random)
                    .ifPresent(torn -> share(torn, Content.CHAOS, (access, options) -> {
                        Session session = world.session;
                        MemoryRegion wrapped = session.dray().wrapAddress(torn.address(), torn.lengthBytes(), torn);
                        return registerWrapped(session, wrapped, access, options);
                    }));
        }
    }

    @FunctionalInterface
    private interface Registration {
        List<MemoryRegion> run(Access access, RegionOption... options);
    }

    private void share(Store store, Content content, Registration registration) {
        long id = world.nextId();
        Access access =
                content == Content.CONSTANT ? Access.READ : random.nextInt(4) == 0 ? Access.WRITE : Access.READ_WRITE;
        boolean singleUse = random.nextInt(8) == 0;
        store.fill(content, id);
        List<MemoryRegion> regions = new ArrayList<>();
        List<Tokens> tokens = new ArrayList<>();
        boolean shared = worker.call("export " + content, Verdicts.OPEN, () -> {
            regions.addAll(registration.run(
                    access, singleUse ? new RegionOption[] {RegionOption.SINGLE_USE} : new RegionOption[0]));
            tokens.add(new Tokens(regions.stream().map(MemoryRegion::token).toList()));
        });
        if (store instanceof Allocated) {
            store.fill(content, id);
        }
        Offer offer = shared
                ? new Offer(id, content, access, singleUse, regions.get(0).byteSize(), tokens.get(0))
                : null;
        Holding holding = new Holding(offer, store, regions);
        if (!shared) {
            world.close("retire", holding, random, worker.thrown);
            return;
        }
        Optional<Holding> other = world.holdings.put(holding, random);
        world.publish(offer);
        other.ifPresent(out -> world.close("retire", out, random, worker.thrown));
    }

    private void retire() {
        world.holdings.take(random).ifPresent(holding -> world.close("retire", holding, random, worker.thrown));
        world.busy.take(random).ifPresent(thing -> world.close("close again", thing, random, worker.thrown));
    }

    private void tear() {
        world.holdings.look(random).ifPresent(holding -> {
            if (holding.store() instanceof Arena.Torn torn) {
                torn.tear(random);
            }
        });
    }

    /** Memory of the engine's: the mapping lives on after the region was closed. */
    private static final class Allocated implements Store {
        private ByteBuffer buffer = ByteBuffer.allocateDirect(0);

        @Override
        public List<ByteBuffer> parts() {
            return List.of(buffer);
        }

        @Override
        public void release() {
            if (buffer.hasRemaining()) {
                buffer.put(0, (byte) 1);
            }
        }
    }
}
