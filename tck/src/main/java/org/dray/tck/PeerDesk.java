package org.dray.tck;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dray.Access;
import org.dray.CopyEngine;
import org.dray.Dray;
import org.dray.DrayOptions;
import org.dray.Exported;
import org.dray.MemoryRegion;
import org.dray.RegionOption;
import org.dray.RegionToken;

/** What another process does on request. Memory and regions have names; a region over memory has the memory's name. */
final class PeerDesk {
    private final String testClass;
    private final SignalTable signalsAtFirst;
    private final String backendId;
    private final Subject subject;
    private final Inertness inertness;
    private final Map<String, Block> memories = new HashMap<>();
    private final Map<String, Long> rawMemories = new HashMap<>();
    private final Map<String, MemoryRegion> regions = new HashMap<>();
    private final Map<String, Exported> exports = new HashMap<>();
    private Optional<Dray> dray = Optional.empty();
    private Optional<CopyLoop> loop = Optional.empty();
    private Optional<Traces> before = Optional.empty();
    private Optional<SignalTable> signals = Optional.empty();

    PeerDesk(String testClass, BackendFixture fixture, SignalTable signalsAtFirst, Inertness inertness) {
        this.testClass = testClass;
        this.signalsAtFirst = signalsAtFirst;
        this.backendId = fixture.backendId();
        this.subject = Subject.of(fixture);
        this.inertness = inertness;
    }

    List<?> serve(String operation, List<String> args) {
        return switch (operation) {
            case "open" -> List.of(open(new Words(args)));
            case "reset" -> List.of(reset());
            case "inertness" -> List.of(inertness.of(args.get(0)));
            case "useOnce" -> {
                IsolatedUse.copyOnce(engine());
                yield List.of();
            }
            case "signals" -> List.of(signals.orElseThrow().changes());
            case "dropLoader" -> List.of(IsolatedUse.dropped(testClass, new Words(args).path(0)));
            case "select" -> PeerSelection.of(subject, new Words(args));
            case "exit" -> exit();
            case "exec" -> exec();
            case "memory", "tallMemory", "rawMemory", "get", "put", "fill", "difference", "unmap" ->
                serveMemory(operation, new Words(args));
            case "copy", "race", "startLoop", "awaitLoop", "stopLoop" -> serveCopies(operation, new Words(args));
            default -> serveRegions(operation, new Words(args));
        };
    }

    private List<?> serveMemory(String operation, Words args) {
        String name = args.text(0);
        return switch (operation) {
            case "memory" -> done(memories.put(name, Block.of(args.number(1), args.numbers(2))));
            case "tallMemory" -> done(memories.put(name, Block.tall(args.number(1), args.integer(2), args.integer(3))));
            case "rawMemory" -> {
                RawMemory raw = RawMemory.map(args.number(1), args.integer(2));
                memories.put(name, raw.block());
                rawMemories.put(name, raw.address());
                yield List.of();
            }
            case "get" -> List.of(memory(name).get(args.number(1), args.integer(2)));
            case "put" -> {
                memory(name).put(args.number(1), args.bytes(2));
                yield List.of();
            }
            case "fill" -> {
                memory(name).fill(args.number(1), args.number(2), args.number(3));
                yield List.of();
            }
            case "difference" ->
                List.of(memory(name).difference(args.number(1), args.number(2), args.number(3), args.number(4)));
            default -> {
                RawMemory.unmap(known(rawMemories, name) + args.number(1), args.number(2));
                yield List.of();
            }
        };
    }

    private List<?> serveRegions(String operation, Words args) {
        String name = args.text(0);
        switch (operation) {
            case "register" -> {
                MemoryRegion region = register(name, Access.valueOf(args.text(1)), args.options(2));
                return List.of(region.token().toBytes());
            }
            case "export" -> {
                Exported exported = dray().export(memory(name).buffers().get(0), Access.valueOf(args.text(1)));
                exports.put(name, exported);
                return List.of(exported.tokens().toBytes());
            }
            case "wrap" -> regions.put(name, dray().wrap(memory(name).buffers()));
            case "attach" -> {
                regions.put(name, engine().attach(RegionToken.parse(args.bytes(1))));
                return List.of(region(name).access());
            }
            case "compareAll" -> {
                return List.of(compareAll(Wire.tokens(name), args.integer(1)));
            }
            case "close" -> region(name).close();
            case "isConsumed" -> {
                return List.of(region(name).isConsumed());
            }
            default -> throw new IllegalArgumentException("no operation '" + operation + "'");
        }
        return List.of();
    }

    private List<?> serveCopies(String operation, Words args) {
        switch (operation) {
            case "copy" ->
                engine().copy(
                                region(args.text(0)),
                                args.number(1),
                                region(args.text(2)),
                                args.number(3),
                                args.number(4));
            case "race" -> {
                MemoryRegion source = region(args.text(1));
                MemoryRegion destination = region(args.text(2));
                CopyEngine engine = engine();
                long lengthBytes = args.number(3);
                return Race.of(args.integer(0), () -> engine.copy(source, 0, destination, 0, lengthBytes));
            }
            case "startLoop" -> {
                CopyLoop started = new CopyLoop(engine(), region(args.text(0)), region(args.text(1)), args.number(2));
                loop = Optional.of(started);
                started.awaitFirst();
            }
            case "awaitLoop" -> {
                return List.of(loop.orElseThrow().await(Duration.ofSeconds(15)));
            }
            default -> {
                return List.of(loop.map(it -> it.stop(Duration.ofSeconds(15))).orElse(Race.OK));
            }
        }
        return List.of();
    }

    private String open(Words args) {
        before = Optional.of(Traces.now());
        signals = Optional.of(signals.orElse(signalsAtFirst).withHandlers());
        Dray opened = Users.admit(subject.load(DrayOptions.builder()
                .require(backendId)
                .directory(args.path(0))
                .closeTimeoutNanos(Duration.ofMillis(args.number(1)).toNanos())
                .build()));
        dray = Optional.of(opened);
        return String.format("%016x", opened.self().instance());
    }

    private String reset() {
        loop.ifPresent(it -> it.stop(Duration.ofSeconds(15)));
        loop = Optional.empty();
        dray.ifPresent(Dray::close);
        dray = Optional.empty();
        regions.clear();
        exports.clear();
        memories.clear();
        rawMemories.clear();
        return before.map(it -> String.join(", ", it.left())).orElse("");
    }

    /** Memory whose pages are unmapped must be registered by its address: no buffer may cover it. */
    private MemoryRegion register(String name, Access access, RegionOption... options) {
        Block memory = memory(name);
        Long address = rawMemories.get(name);
        MemoryRegion region;
        if (address == null && memory.buffers().size() == 1) {
            region = engine().register(memory.buffers().get(0), access, options);
        } else {
            try (MemoryRegion wrapped = address == null
                    ? dray().wrap(memory.buffers())
                    : dray().wrapAddress(address, memory.byteSize(), memory)) {
                region = engine().register(wrapped, access, options);
            }
        }
        regions.put(name, region);
        return region;
    }

    private String compareAll(List<RegionToken> tokens, int lengthBytes) {
        Block near = Block.of(0, lengthBytes);
        try (MemoryRegion to = dray().wrap(near.buffers())) {
            for (int i = 0; i < tokens.size(); i++) {
                try (MemoryRegion from = engine().attach(tokens.get(i))) {
                    engine().copy(from, 0, to, 0, lengthBytes);
                }
                String wrong = Pattern.difference(Pattern.bytes(i, 0, lengthBytes), near.get(0, lengthBytes), 0);
                if (!wrong.isEmpty()) {
                    return "token " + i + ": " + wrong;
                }
            }
        }
        return "";
    }

    private static List<?> exit() {
        // In a thread of its own: System.exit waits for hooks, and the answer should not wait for them.
        Thread exiting = new Thread(() -> System.exit(0), "dray-tck-exit");
        exiting.setDaemon(true);
        exiting.start();
        return List.of();
    }

    private static List<?> exec() {
        RawMemory.replaceProgram();
        return List.of();
    }

    private Dray dray() {
        return dray.orElseThrow();
    }

    private CopyEngine engine() {
        return dray().engine(backendId);
    }

    private Block memory(String name) {
        return known(memories, name);
    }

    private MemoryRegion region(String name) {
        return known(regions, name);
    }

    private static <T> T known(Map<String, T> map, String name) {
        T value = map.get(name);
        if (value == null) {
            throw new IllegalArgumentException("nothing has the name '" + name + "'");
        }
        return value;
    }

    private static List<?> done(Object ignored) {
        return List.of();
    }
}
