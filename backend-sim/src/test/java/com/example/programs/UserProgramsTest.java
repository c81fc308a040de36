package com.example.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.dray.Access;
import org.dray.CopyEngine;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.Dray;
import org.dray.DrayOptions;
import org.dray.Exported;
import org.dray.MemoryRegion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The programs that the API was shaped on, each as its user would write it, against the public API and the simulator.
 */
class UserProgramsTest {
    private Dray owner;
    private Dray peer;

    @BeforeEach
    void load(@TempDir Path directory) {
        DrayOptions options =
                DrayOptions.builder().require("sim").directory(directory).build();
        owner = Dray.load(options);
        peer = Dray.load(options);
    }

    @AfterEach
    void close() {
        peer.close();
        owner.close();
    }

    private static ByteBuffer direct(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    private static String text(ByteBuffer buffer) {
        return StandardCharsets.US_ASCII.decode(buffer.duplicate()).toString();
    }

    @Test
    void aBlockGoesToTheBoardAndBack() {
        assertThat(text(BoardUpload.roundTrip(owner.engine("sim"), direct("to the card and back"))))
                .isEqualTo("to the card and back");
    }

    @Test
    void aRecordIsAppendedSnapshotAndFlushed() {
        byte[] entry = "entry 1".getBytes(StandardCharsets.US_ASCII);
        assertThat(text(PersistentLog.appendAndSnapshot(owner.engine("sim"), entry)))
                .isEqualTo("entry 1");
    }

    @Test
    void aMessageOfTwoBuffersIsFetchedOnce() {
        ByteBuffer into = ByteBuffer.allocateDirect(11);
        try (Exported message = HaloExchange.offer(owner, direct("head"), direct("er body"))) {
            byte[] tokens = message.tokens().toBytes();
            HaloExchange.fetch(peer, tokens, into);
            assertThat(text(into)).isEqualTo("header body");
            assertThatThrownBy(() -> HaloExchange.fetch(peer, tokens, into))
                    .isInstanceOfSatisfying(
                            CopyException.class, e -> assertThat(e.status()).isEqualTo(CopyStatus.TOKEN_STALE));
        }
    }

    @Test
    void anEdgeIsPushedIntoTheHalo() {
        ByteBuffer grid = direct("....grid....");
        try (Exported region = owner.export(grid, Access.WRITE)) {
            HaloExchange.push(peer, region.tokens().toBytes(), 8, direct("edge"));
        }
        assertThat(text(grid)).isEqualTo("....gridedge");
    }

    @Test
    void aBrokerMovesBytesBetweenTwoOthers() {
        ByteBuffer target = direct("------");
        try (Exported from = owner.export(direct("parcel"), Access.READ);
                Exported to = owner.export(target, Access.WRITE)) {
            Broker.forward(peer, from.tokens(), to.tokens());
        }
        assertThat(text(target)).isEqualTo("parcel");
    }

    @Test
    void aPipelineOverlapsCopiesWithComputing() throws InterruptedException {
        CopyEngine engine = owner.engine("sim");
        ByteBuffer target = ByteBuffer.allocateDirect(4096);
        int[] computed = {0};
        try (MemoryRegion a = engine.allocate(4096, Access.READ_WRITE);
                MemoryRegion b = engine.register(target, Access.READ_WRITE)) {
            a.map(0, 4096).put(4095, (byte) 7);
            assertThat(Pipeline.run(engine, a, b, 16, () -> computed[0]++)).isZero();
        }
        assertThat(target.get(4095)).isEqualTo((byte) 7);
        assertThat(computed[0]).isPositive();
    }
}
