package org.dray.hammer;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.dray.Access;
import org.dray.AddressSpace;
import org.dray.CopyEngine;
import org.dray.MemoryRegion;

/** Copies inside one process, on engines that have such routes: device, persistent and overlapping local memory. */
final class SpaceSteps {
    private static final int PLACE_BYTES = 1 << 20;
    private static final List<AddressSpace.Kind> KINDS =
            List.of(AddressSpace.Kind.DEVICE, AddressSpace.Kind.PERSISTENT);

    private final Worker worker;
    private final World world;
    private final SplittableRandom random;

    SpaceSteps(Worker worker) {
        this.worker = worker;
        this.world = worker.world;
        this.random = worker.random;
    }

    void enter() {
        worker.enter(4, this::upload);
        worker.enter(4, this::overlap);
    }

    /** To a place of this thread's own on one device, to the other device, and back. */
    private void upload() {
        Session session = world.session;
        CopyEngine engine = session.dray().engine("sim");
        Near near = worker.near;
        int length = 1 + random.nextInt(near.lengthBytes());
        int skip = random.nextInt(PLACE_BYTES - length);
        long id = world.nextId();
        Pattern.fill(near.memory, 0, length, id, 0);
        boolean ok = worker.call("upload", Verdicts.LOCAL, () -> {
            try (MemoryRegion one = place(engine, KINDS.get(random.nextInt(2)));
                    MemoryRegion other = place(engine, KINDS.get(1))) {
                MemoryRegion from = near.region(session, random);
                engine.copy(from, 0, one, skip, length);
                engine.copy(one, skip, other, skip / 2, length);
                other.flush(skip / 2, length);
                engine.copy(other, skip / 2, worker.second.region(session, random), 0, length);
                if (Pattern.prefix(other.map(skip / 2, length), 0, length, id, 0) < length) {
                    throw new AssertionError("the mapping shows other bytes");
                }
            }
        });
        if (ok && Pattern.prefix(worker.second.memory, 0, length, id, 0) < length) {
            worker.judge.fail("upload of " + length + " bytes came back changed", null);
        }
    }

    private MemoryRegion place(CopyEngine engine, AddressSpace.Kind kind) {
        AddressSpace space = engine.info().spaces(kind).get(0);
        return engine.region(space, (long) worker.thread * PLACE_BYTES, PLACE_BYTES, Access.READ_WRITE);
    }

    private void overlap() {
        Session session = world.session;
        Near near = worker.near;
        int length = random.nextInt(near.lengthBytes());
        int from = random.nextInt(near.lengthBytes() - length + 1);
        int to = random.nextInt(near.lengthBytes() - length + 1);
        Pattern.fill(near.memory, 0, near.lengthBytes(), world.nextId(), 0);
        byte[] expected = new byte[near.lengthBytes()];
        near.memory.get(0, expected);
        System.arraycopy(expected, from, expected, to, length);
        boolean ok = worker.call("overlap", Verdicts.LOCAL, () -> {
            MemoryRegion region = near.region(session, random);
            session.dray().engine("sim").copy(region, from, region, to, length);
        });
        byte[] seen = new byte[near.lengthBytes()];
        near.memory.get(0, seen);
        if (ok && !Arrays.equals(expected, seen)) {
            worker.judge.fail(
                    "moving " + length + " bytes from " + from + " to " + to + " went wrong at "
                            + Arrays.mismatch(expected, seen),
                    null);
        }
    }
}
