package org.dray.races;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import org.dray.Access;
import org.dray.ChannelOptions;
import org.dray.CopyChannel;
import org.dray.CopyEngine;
import org.dray.Dray;
import org.dray.DrayOptions;
import org.dray.MemoryRegion;

/**
 * One Dray with a simulated engine for all states of a JVM, because making one takes longer than all that a race does.
 * The engine can only block, and its executor keeps tasks until an actor runs them.
 */
final class Machine {
    /** What every copy copies. */
    static final long DATA = 7;

    /** More than there are states at a time. */
    private static final int CELLS = 1 << 16;

    private static final AtomicInteger NEXT = new AtomicInteger();
    private static final ThreadLocal<Deque<Runnable>> TASKS = ThreadLocal.withInitial(ArrayDeque::new);
    private static final ByteBuffer MEMORY =
            ByteBuffer.allocateDirect(CELLS * 64).order(ByteOrder.nativeOrder());
    private static final Dray DRAY = load();
    private static final CopyEngine ENGINE = DRAY.engine("sim");
    private static final MemoryRegion OWN = ENGINE.register(
            ByteBuffer.allocateDirect(Long.BYTES).order(ByteOrder.nativeOrder()).putLong(0, DATA), Access.READ);
    private static final MemoryRegion SOURCE = ENGINE.attach(OWN.token());

    private Machine() {}

    private static Dray load() {
        System.setProperty("dray.sim.personality", "cma"); // the one whose copies occupy a thread
        return Dray.load(DrayOptions.builder()
                .require("sim")
                .executor(task -> TASKS.get().add(task))
                .build());
    }

    /** Eight bytes of zeros that no other state uses. */
    static ByteBuffer cell() {
        int index = NEXT.getAndIncrement() & (CELLS - 1);
        ByteBuffer cell = MEMORY.slice(index * 64, Long.BYTES).order(ByteOrder.nativeOrder());
        cell.putLong(0, 0);
        return cell;
    }

    static MemoryRegion wrap(ByteBuffer cell) {
        return DRAY.wrap(cell);
    }

    static void copy(MemoryRegion destination) {
        ENGINE.copy(SOURCE, 0, destination, 0, Long.BYTES);
    }

    static CopyChannel channel() {
        return ENGINE.openChannel(new ChannelOptions(1, false));
    }

    /** Submits a copy; gives the task that does it, in whatever thread runs it. */
    static Runnable submit(CopyChannel channel, MemoryRegion destination) {
        channel.submit(SOURCE, 0, destination, 0, Long.BYTES, 0, 0);
        return TASKS.get().remove();
    }
}
