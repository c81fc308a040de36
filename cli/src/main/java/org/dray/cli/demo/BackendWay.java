package org.dray.cli.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.dray.Access;
import org.dray.AddressSpace.Kind;
import org.dray.Capability;
import org.dray.Dray;
import org.dray.DrayOptions;
import org.dray.EngineInfo;
import org.dray.MachineKind;
import org.dray.MemoryRegion;
import org.dray.PeerId;
import org.dray.Tokens;

/**
 * Through one backend, which both processes load alone.
 *
 * @param backendId the backend
 * @param kind what stands behind it
 * @param allocated whether the file lies in memory that the engine allocated, not in direct buffers as for all other
 *     ways
 */
record BackendWay(String backendId, WayKind kind, boolean allocated) implements Way {

    /** The ways that an engine offers to fetch a peer's memory. What a model allocates is of no interest. */
    static Stream<BackendWay> all(EngineInfo engine) {
        if (!engine.has(Capability.SHARE) || engine.route(Kind.PEER, Kind.LOCAL).isEmpty()) {
            return Stream.of();
        }
        WayKind kind = WayKind.of(engine.machineKind());
        boolean allocates = engine.has(Capability.ALLOCATE)
                && engine.has(Capability.MAP)
                && engine.machineKind() != MachineKind.SIMULATED;
        return Stream.of(false, true)
                .filter(allocated -> !allocated || allocates)
                .map(allocated -> new BackendWay(engine.engineId(), kind, allocated));
    }

    /** The options of the system properties, with one backend required and every other left out. */
    static DrayOptions only(String backendId) {
        DrayOptions given = DrayOptions.fromSystemProperties();
        DrayOptions.Builder options =
                DrayOptions.builder().require(backendId).closeTimeoutNanos(given.closeTimeoutNanos());
        given.directory().ifPresent(options::directory);
        return options.build();
    }

    @Override
    public String id() {
        return backendId + (allocated ? WayResult.ALLOCATED : "");
    }

    @Override
    public OwnerEnd connect(PeerProcess peer, Segments source, Path scratch) throws IOException {
        String identity = peer.ask(Request.load(id(), backendId)).text();
        Dray dray = Dray.load(only(backendId));
        try {
            // A child may not read its parent's memory where Yama restricts ptrace, unless the parent names it.
            dray.admit(PeerId.parse(HexFormat.of().parseHex(identity)));
            Tokens tokens = allocated ? allocate(dray, source) : export(dray, source);
            String digits = HexFormat.of().formatHex(tokens.toBytes());
            return new Open(dray, peer.ask(Request.attach(id(), digits)).text());
        } catch (IOException | RuntimeException e) {
            try (dray) {
                throw e;
            }
        }
    }

    private Tokens export(Dray dray, Segments source) {
        try (MemoryRegion memory = dray.wrap(source.buffers())) {
            return dray.export(memory, Access.READ).tokens();
        }
    }

    private Tokens allocate(Dray dray, Segments source) {
        MemoryRegion region = dray.engine(backendId).allocate(source.byteSize(), Access.READ);
        long offsetBytes = 0;
        for (ByteBuffer buffer : source.buffers()) {
            int lengthBytes = buffer.remaining();
            region.map(offsetBytes, lengthBytes).put(buffer);
            offsetBytes += lengthBytes;
        }
        return new Tokens(List.of(region.token()));
    }

    /** Closing the Dray closes its regions. */
    private record Open(Dray dray, String route) implements OwnerEnd {
        @Override
        public void close() {
            dray.close();
        }
    }
}
