package org.dray.hammer;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.dray.Access;
import org.dray.AddressSpace;
import org.dray.ChannelOptions;
import org.dray.CopyEngine;
import org.dray.MemoryRegion;
import org.dray.RegionOption;
import org.dray.hammer.Judge.Verdict;

/** What no caller should do: each is refused, and nothing has changed. */
final class MistakeSteps {
    private static final long[] EDGES = {
        -1,
        Long.MIN_VALUE,
        Long.MIN_VALUE + 1,
        Long.MAX_VALUE,
        Long.MAX_VALUE - 1,
        Long.MAX_VALUE - 7,
        1L << 31,
        1L << 32
    };

    private final Worker worker;
    private final World world;
    private final SplittableRandom random;

    MistakeSteps(Worker worker) {
        this.worker = worker;
        this.world = worker.world;
        this.random = worker.random;
    }

    void enter() {
        worker.enter(10, this::badRange);
        worker.enter(2, this::badSlice);
        worker.enter(2, this::wrongDirection);
        worker.enter(2, this::closedNear);
        worker.enter(3, this::badMemory);
        worker.enter(2, this::nulls);
    }

    private long strange(long size) {
        return switch (random.nextInt(4)) {
            case 0 -> EDGES[random.nextInt(EDGES.length)];
            case 1 -> size - 2 + random.nextInt(4);
            case 2 -> random.nextLong();
            default -> random.nextLong(size + 1);
        };
    }

    private static boolean isInside(long offset, long length, long size) {
        return offset >= 0 && length >= 0 && length <= size - offset;
    }

    private void badRange() {
        world.attachments.look(random).ifPresent(far -> {
            Near near = worker.near;
            long farBytes = far.offer().lengthBytes();
            long farOffset = strange(farBytes);
            long nearOffset = strange(near.lengthBytes());
            long length = strange(farBytes);
            if (isInside(farOffset, length, farBytes) && isInside(nearOffset, length, near.lengthBytes())) {
                return;
            }
            boolean reads = far.offer().access().isReadable();
            worker.call("bad range", Verdicts.BAD_RANGE, () -> {
                CopyEngine engine = far.region().engine();
                MemoryRegion nearRegion = near.region(far.session(), random);
                if (reads) {
                    engine.copy(far.region(), farOffset, nearRegion, nearOffset, length);
                } else {
                    engine.copy(nearRegion, nearOffset, far.region(), farOffset, length);
                }
            });
        });
    }

    private void badSlice() {
        world.attachments.look(random).ifPresent(far -> {
            long size = far.offer().lengthBytes();
            long offset = strange(size);
            long length = strange(size);
            Verdict verdict = length > 0 && isInside(offset, length, size) ? Verdicts.OPEN : Verdicts.BAD_RANGE;
            worker.call(
                    "bad slice",
                    verdict,
                    () -> far.region().slice(offset, length).slice(0, 1));
        });
    }

    private void wrongDirection() {
        world.attachments.look(random).ifPresent(far -> {
            Access access = far.offer().access();
            if (access != Access.READ_WRITE) {
                worker.call("wrong direction", Verdicts.BAD_ARGUMENT, () -> {
                    MemoryRegion near = worker.near.region(far.session(), random);
                    if (access == Access.READ) {
                        far.region().engine().copy(near, 0, far.region(), 0, 1);
                    } else {
                        far.region().engine().copy(far.region(), 0, near, 0, 1);
                    }
                });
            }
        });
    }

    private void closedNear() {
        world.attachments.look(random).ifPresent(far -> {
            List<MemoryRegion> wrapped = new ArrayList<>();
            if (worker.call(
                    "wrap",
                    Verdicts.OPEN,
                    () -> wrapped.add(far.session().dray().wrap(worker.near.memory)))) {
                MemoryRegion near = wrapped.get(0);
                world.close("close near", near, random, worker.thrown);
                world.close("close near", near, random, worker.thrown);
                worker.call(
                        "closed near",
                        Verdicts.MUST_BE_CLOSED,
                        () -> far.region().engine().copy(far.region(), 0, near, 0, random.nextInt(2)));
            }
        });
    }

    private void badMemory() {
        Session session = world.session;
        CopyEngine engine = session.engine(random);
        ByteBuffer direct = worker.near.memory;
        switch (random.nextInt(8)) {
            case 0 -> refused(() -> engine.register(ByteBuffer.allocate(64), Access.READ));
            case 1 -> refused(() -> engine.register(direct.slice(0, 0), Access.READ));
            case 2 -> refused(() -> engine.register(direct.asReadOnlyBuffer(), Access.WRITE));
            case 3 -> refused(() -> session.dray().export(direct.asReadOnlyBuffer(), Access.READ_WRITE));
            case 4 -> refused(() -> session.dray().wrap(List.of()));
            case 5 -> refused(() -> session.dray().wrapAddress(-1 - random.nextLong(1 << 20), Long.MAX_VALUE, this));
            case 6 -> refused(() -> engine.allocate(-random.nextLong(5), Access.READ));
            default ->
                refused(() -> engine.register(
                        session.dray().wrap(direct).slice(0, 10), Access.READ, RegionOption.SINGLE_USE));
        }
    }

    private void refused(Judge.Call call) {
        worker.call("bad memory", Verdicts.BAD_ARGUMENT, call);
    }

    private void nulls() {
        Session session = world.session;
        CopyEngine engine = session.engine(random);
        List<MemoryRegion> wrapped = new ArrayList<>();
        if (!worker.call("wrap", Verdicts.OPEN, () -> wrapped.add(session.dray().wrap(worker.near.memory)))) {
            return;
        }
        MemoryRegion near = wrapped.get(0);
        worker.call(
                "channel",
                Verdicts.OPEN,
                () -> engine.openChannel(new ChannelOptions(16, true)).close());
        worker.call("unsupported", Verdicts.UNSUPPORTED, () -> near.map(0, 1));
        worker.call("unsupported", Verdicts.UNSUPPORTED, () -> near.flush(0, 0));
        worker.call("unsupported", Verdicts.UNSUPPORTED, near::engine);
        worker.call("unsupported", Verdicts.UNSUPPORTED, near::token);
        worker.call("null", Verdicts.NULL, () -> engine.copy(null, 0, near, 0, 1));
        worker.call("null", Verdicts.NULL, () -> engine.copy(near, 0, null, 0, 1));
        worker.call("null", Verdicts.NULL, () -> engine.attach(null));
        worker.call("null", Verdicts.NULL, () -> engine.register((ByteBuffer) null, Access.READ));
        worker.call("null", Verdicts.NULL, () -> engine.register(near, null));
        worker.call("null", Verdicts.NULL, () -> engine.region(null, 0, 1, Access.READ));
        worker.call("null", Verdicts.NULL, () -> session.dray().export(worker.near.memory, null));
        worker.call(
                "no space",
                Verdicts.BAD_ARGUMENT,
                () -> engine.region(
                        new AddressSpace(engine.id(), "nowhere", AddressSpace.Kind.DEVICE, 1, 1), 0, 1, Access.READ));
        world.close("close near", near, random, worker.thrown);
    }
}
