package org.dray.backend.sim;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.dray.Access;
import org.dray.AddressSpace;
import org.dray.AddressSpace.Kind;
import org.dray.CopyEngine;
import org.dray.Dray;
import org.dray.DrayOptions;
import org.dray.MemoryRegion;

/** An owner and a peer in one process, and regions of every kind as the peer sees them. */
final class Fixture implements AutoCloseable {
    final Dray owner;
    final Dray peer;
    final CopyEngine engine;

    Fixture(Path directory) {
        owner = load(directory);
        peer = load(directory);
        engine = peer.engine("sim");
    }

    static Dray load(Path directory) {
        return Dray.load(DrayOptions.builder()
                .require("sim")
                .directory(directory.resolve("dray"))
                .build());
    }

    /** A region of a kind; LOCAL and PEER ones consist of three segments. */
    MemoryRegion region(Kind kind, int lengthBytes) {
        return switch (kind) {
            case LOCAL -> peer.wrap(segments(lengthBytes));
            case PEER -> attach(owner.wrap(segments(lengthBytes)));
            case DEVICE, PERSISTENT -> engine.region(space(kind), 1000, lengthBytes, Access.READ_WRITE);
        };
    }

    AddressSpace space(Kind kind) {
        return engine.info().spaces().stream()
                .filter(space -> space.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    MemoryRegion attach(MemoryRegion wrapped) {
        return engine.attach(
                owner.engine("sim").register(wrapped, Access.READ_WRITE).token());
    }

    MemoryRegion attach(ByteBuffer memory) {
        return attach(owner.wrap(memory));
    }

    void write(MemoryRegion region, byte[] bytes) {
        engine.copy(peer.wrap(direct(bytes)), 0, region, 0, bytes.length);
    }

    byte[] read(MemoryRegion region) {
        byte[] bytes = new byte[(int) region.byteSize()];
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.length);
        engine.copy(region, 0, peer.wrap(buffer), 0, bytes.length);
        buffer.get(bytes);
        return bytes;
    }

    private static List<ByteBuffer> segments(int lengthBytes) {
        int first = lengthBytes / 3;
        List<ByteBuffer> segments = new ArrayList<>();
        segments.add(ByteBuffer.allocateDirect(first));
        segments.add(ByteBuffer.allocateDirect(1));
        segments.add(ByteBuffer.allocateDirect(lengthBytes - first - 1));
        return segments;
    }

    static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(0, bytes);
    }

    static byte[] random(int lengthBytes, long seed) {
        byte[] bytes = new byte[lengthBytes];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }

    /** Index of the first byte that differs, or -1: a failure that prints megabytes helps nobody. */
    static int firstDifference(byte[] expected, byte[] actual) {
        return Arrays.mismatch(expected, actual);
    }

    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.limit()];
        buffer.get(0, bytes);
        return bytes;
    }

    @Override
    public void close() {
        peer.close();
        owner.close();
    }
}
