package org.dray.backend.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.Dray;
import org.dray.MemoryRegion;
import org.dray.RegionToken;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TwoProcessTest {
    private static final int LENGTH_BYTES = 3 * Mailboxes.WINDOW_BYTES + 5;

    private Path directory;
    private OtherJvm owner;
    private Dray dray;
    private MemoryRegion far;

    @BeforeEach
    void start(@TempDir Path temporary) throws Exception {
        directory = temporary;
        owner = new OtherJvm(directory, LENGTH_BYTES, 1);
        dray = Fixture.load(directory);
        far = attach(owner);
    }

    @AfterEach
    void stop() {
        dray.close();
        owner.close();
    }

    private MemoryRegion attach(OtherJvm jvm) throws Exception {
        return dray.engine("sim").attach(RegionToken.parse(jvm.answer()));
    }

    private byte[] read(MemoryRegion region) {
        ByteBuffer near = ByteBuffer.allocateDirect(LENGTH_BYTES);
        dray.engine("sim").copy(region, 0, dray.wrap(near), 0, LENGTH_BYTES);
        return Fixture.bytes(near);
    }

    @Test
    void bytesComeFromTheOtherProcess() {
        assertThat(Fixture.firstDifference(Fixture.random(LENGTH_BYTES, 1), read(far)))
                .isEqualTo(-1);
    }

    @Test
    void bytesGoToTheOtherProcess() throws Exception {
        byte[] sent = Fixture.random(LENGTH_BYTES, 2);
        dray.engine("sim").copy(dray.wrap(Fixture.direct(sent)), 0, far, 0, LENGTH_BYTES);
        assertThat(Fixture.firstDifference(sent, owner.memory())).isEqualTo(-1);
    }

    @Test
    void bytesGoFromOneOtherProcessToAThird() throws Exception {
        try (OtherJvm third = new OtherJvm(directory, LENGTH_BYTES, 3)) {
            MemoryRegion target = attach(third);
            dray.engine("sim").copy(far, 0, target, 0, LENGTH_BYTES);
            assertThat(Fixture.firstDifference(Fixture.random(LENGTH_BYTES, 1), third.memory()))
                    .isEqualTo(-1);
        }
    }

    @Test
    void aKilledOwnerIsGone() {
        owner.kill();
        assertThat(failure().status()).isEqualTo(CopyStatus.PEER_GONE);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void anOwnerThatIsKilledWhileACopyWaitsIsGone() throws Exception {
        owner.stop();
        Thread killer = new Thread(owner::kill);
        killer.start();
        assertThat(failure().status()).isEqualTo(CopyStatus.PEER_GONE);
        killer.join();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aStoppedOwnerIsATimeoutAndServesAgainWhenItContinues() throws Exception {
        owner.stop();
        CopyException failure = failure();
        owner.goOn();
        assertThat(failure.status()).isEqualTo(CopyStatus.TIMEOUT);
        assertThat(Fixture.firstDifference(Fixture.random(LENGTH_BYTES, 1), read(far)))
                .isEqualTo(-1);
    }

    private CopyException failure() {
        return catchThrowableOfType(CopyException.class, () -> read(far));
    }
}
