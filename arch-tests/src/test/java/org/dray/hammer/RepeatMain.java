package org.dray.hammer;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.dray.Access;
import org.dray.AddressSpace;
import org.dray.Capability;
import org.dray.CopyEngine;
import org.dray.Dray;
import org.dray.DrayOptions;
import org.dray.Exported;
import org.dray.MemoryRegion;
import org.dray.RegionOption;
import org.dray.Tokens;
import org.dray.linux.Memory;

/**
 * Registers and closes regions, and opens and closes a Dray, many times over, and compares what the process holds of
 * the machine before and after. Arguments: backend, directory, rounds with a region, rounds with a Dray. Writes
 * {@code fail ...} and {@code count ...} lines.
 */
final class RepeatMain {
    /** Part of the rounds that come before the first look: what is made once is made there. */
    private static final int WARM_UP = 5;

    /** Compiled code and the JVM's own tables grow for a while; many rounds leave that behind. */
    private static final int MANY_ROUNDS = 50_000;

    private static final long RESIDENT_KILOBYTES_OF_MANY = 8 << 10;
    private static final long RESIDENT_KILOBYTES_OF_FEW = 24 << 10;

    private static final int REPETITIONS = 2;
    private static final int LENGTH_BYTES = 3 * 4096;
    private static final int SHAPES = 10;

    private final String backend;
    private final Path directory;
    private final ByteBuffer memory = ByteBuffer.allocateDirect(LENGTH_BYTES);
    private final ByteBuffer other = ByteBuffer.allocateDirect(LENGTH_BYTES);

    private RepeatMain(String backend, Path directory) {
        this.backend = backend;
        this.directory = directory;
    }

    public static void main(String[] arguments) {
        RepeatMain main = new RepeatMain(arguments[0], Path.of(arguments[1]));
        main.compare("register and close", Integer.parseInt(arguments[2]), main::regions);
        main.compare("open and close", Integer.parseInt(arguments[3]), main::instances);
        System.out.println("bye");
    }

    /** Something to do so many times. */
    @FunctionalInterface
    private interface Repetition {
        void run(int rounds);
    }

    private void compare(String what, int rounds, Repetition repetition) {
        repetition.run(rounds / WARM_UP);
        List<String> growth = growth(what, rounds, repetition);
        // What a JVM makes once it made late, if it does not come again; a leak comes every time.
        for (int again = 0; again < REPETITIONS && !growth.isEmpty(); again++) {
            growth = growth(what, rounds, repetition);
        }
        System.out.println("count " + rounds + " " + what + " " + backend);
        if (!growth.isEmpty()) {
            System.out.println("fail " + backend + " " + what + " " + rounds + " times: " + growth);
        }
    }

    private List<String> growth(String what, int rounds, Repetition repetition) {
        Footprint before = Footprint.settled(directory);
        long start = System.nanoTime();
        repetition.run(rounds);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        Footprint after = Footprint.settled(directory);
        System.out.println("note " + backend + ": " + rounds + " times " + what + " in " + millis + " ms\\n    before "
                + before + "\\n    after  " + after);
        return after.growthSince(before, rounds < MANY_ROUNDS ? RESIDENT_KILOBYTES_OF_FEW : RESIDENT_KILOBYTES_OF_MANY);
    }

    private Dray load() {
        return Dray.load(
                DrayOptions.builder().require(backend).directory(directory).build());
    }

    private void regions(int rounds) {
        try (Dray dray = load();
                MemoryRegion near = dray.wrap(other)) {
            for (int i = 0; i < rounds; i++) {
                region(dray, near, i);
            }
        }
    }

    private void instances(int rounds) {
        for (int i = 0; i < rounds; i++) {
            try (Dray dray = load();
                    MemoryRegion near = dray.wrap(other)) {
                region(dray, near, i);
            }
        }
    }

    private void region(Dray dray, MemoryRegion near, int round) {
        CopyEngine engine = dray.engine(backend);
        switch (round % SHAPES) {
            case 0 -> engine.register(memory, Access.READ_WRITE).close();
            case 1 -> engine.register(memory.asReadOnlyBuffer(), Access.READ).close();
            case 2 ->
                engine.register(memory, Access.READ, RegionOption.SINGLE_USE).close();
            case 3 -> segments(dray, engine);
            case 4 -> allocated(engine);
            case 5 -> attached(dray, near);
            case 6 -> raw(dray, engine);
            case 7 -> onDevice(engine, near);
            default -> dray.export(memory, Access.WRITE).close();
        }
    }

    private void segments(Dray dray, CopyEngine engine) {
        try (MemoryRegion wrapped =
                dray.wrap(List.of(memory.slice(0, 5), memory.slice(7, 100), memory.slice(4096, 8192), other))) {
            engine.register(wrapped, Access.READ_WRITE).close();
        }
    }

    private static void allocated(CopyEngine engine) {
        ByteBuffer mapped;
        try (MemoryRegion region = engine.allocate(LENGTH_BYTES, Access.READ_WRITE)) {
            mapped = region.map(0, LENGTH_BYTES);
        }
        mapped.put(LENGTH_BYTES - 1, (byte) 1);
    }

    /** To itself, which is all the same to both sides of the core. */
    private void attached(Dray dray, MemoryRegion near) {
        try (Exported exported = dray.export(memory, Access.READ);
                MemoryRegion far = dray.attach(Tokens.parse(exported.tokens().toBytes()))) {
            far.engine().copy(far, 0, near, 0, LENGTH_BYTES);
        }
    }

    private void raw(Dray dray, CopyEngine engine) {
        try (MemoryRegion wrapped = dray.wrapAddress(Memory.address(memory), LENGTH_BYTES, memory)) {
            engine.register(wrapped, Access.READ_WRITE).close();
        }
    }

    private static void onDevice(CopyEngine engine, MemoryRegion near) {
        if (engine.info().has(Capability.DEVICE_SPACE)) {
            AddressSpace board = engine.info().spaces(AddressSpace.Kind.DEVICE).get(0);
            try (MemoryRegion region = engine.region(board, 0, LENGTH_BYTES, Access.READ_WRITE)) {
                engine.copy(near, 0, region, 0, LENGTH_BYTES);
            }
        }
    }
}
