package org.dray.backend.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.dray.Access;
import org.dray.AddressSpace;
import org.dray.AddressSpace.Kind;
import org.dray.CopyChannel.CancelResult;
import org.dray.CopyStatus;
import org.dray.spi.DriverChannel;
import org.dray.spi.DriverRegion;
import org.dray.spi.LocalMemory;
import org.dray.tck.faults.Fault;
import org.dray.tck.faults.FaultScript;
import org.dray.tck.faults.FaultyDriver;
import org.dray.tck.faults.Operations;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a fault script does to the operations of a channel, in virtual time. Operation {@code i} copies page {@code i}.
 */
@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FaultyChannelTest {
    private static final int PAGE_BYTES = 4096;
    private static final int PAGES = 4;

    @TempDir
    Path directory;

    private final ByteBuffer sent = Fixture.direct(Fixture.random(PAGES * PAGE_BYTES, 1));
    private final ByteBuffer received = ByteBuffer.allocateDirect(PAGES * PAGE_BYTES);
    private final List<DriverRegion> regions = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();
    private FaultyDriver driver;
    private DriverChannel channel;
    private DriverRegion source;
    private DriverRegion destination;

    private void open(Fault faultOfTheFirst) throws Exception {
        SimSettings settings = TestSettings.virtual(Personality.FULL, 1);
        FaultScript script = FaultScript.none().with(Operations.number(1), faultOfTheFirst);
        driver = new FaultyDriver(new GuardedDriver(new SimDriver(new TestLink(directory, 1), settings)), script);
        channel = driver.openChannel();
        source = keep(driver.wrap(LocalMemory.ofBuffers(List.of(sent))));
        destination = keep(driver.register(LocalMemory.ofBuffers(List.of(received)), Access.READ_WRITE));
    }

    private DriverRegion keep(DriverRegion region) {
        regions.add(region);
        return region;
    }

    @AfterEach
    void close() {
        channel.close();
        regions.forEach(DriverRegion::close);
        driver.close();
    }

    private void start(int operation) {
        int offset = operation * PAGE_BYTES;
        channel.start(operation, source, offset, destination, offset, PAGE_BYTES);
    }

    private void poll() {
        channel.poll((operation, status, errno, bytesDone) -> ended.add(operation + " " + status + " " + bytesDone));
    }

    private void pollUntil(int count) {
        for (poll(); ended.size() < count; poll()) {
            channel.await(Long.MAX_VALUE);
        }
    }

    @Test
    void aFailureIsReportedAndMovesNothing() throws Exception {
        open(new Fault.Fail(CopyStatus.TIMEOUT, 110));
        start(0);
        assertThat(channel.cancel(0)).isEqualTo(CancelResult.TOO_LATE);
        pollUntil(1);
        start(0);
        pollUntil(2);
        assertThat(ended).containsExactly("0 TIMEOUT 0", "0 OK 4096");
    }

    @Test
    void aHaltedDeviceEndsWhatComesLater() throws Exception {
        open(new Fault.Halt());
        start(0);
        start(1);
        pollUntil(2);
        assertThat(ended).containsExactly("0 DEVICE_HALTED 0", "1 DEVICE_HALTED 0");
    }

    @Test
    void aShortenedOperationSaysHowShortItWas() throws Exception {
        open(new Fault.Shorten(100));
        start(0);
        pollUntil(1);
        assertThat(ended).containsExactly("0 OK 100");
        assertThat(received.get(100)).isZero();
    }

    @Test
    void anOperationShortenedToNothingEndsToo() throws Exception {
        open(new Fault.Shorten(0));
        start(0);
        pollUntil(1);
        assertThat(ended).containsExactly("0 OK 0");
    }

    @Test
    void aCorruptedOperationSaysOk() throws Exception {
        open(new Fault.Corrupt(5));
        start(0);
        pollUntil(1);
        assertThat(ended).containsExactly("0 OK 4096");
        assertThat(received.get(5)).isEqualTo((byte) ~sent.get(5));
    }

    @Test
    void aByteOfTheBoardIsCorruptedToo() throws Exception {
        open(new Fault.Corrupt(5));
        AddressSpace board = driver.info().spaces(Kind.DEVICE).get(0);
        destination = keep(driver.open(board, 0, PAGES * PAGE_BYTES, Access.READ_WRITE));
        start(0);
        pollUntil(1);
        DriverRegion near = keep(driver.wrap(LocalMemory.ofBuffers(List.of(received))));
        driver.copy(new TestCopy(), destination, 0, near, 0, PAGE_BYTES);
        assertThat(received.get(5)).isEqualTo((byte) ~sent.get(5));
        assertThat(received.get(6)).isEqualTo(sent.get(6));
    }

    @Test
    void whereNoSideIsOwnMemoryNothingCanBeCorrupted() throws Exception {
        open(new Fault.Corrupt(5));
        AddressSpace board = driver.info().spaces(Kind.DEVICE).get(0);
        destination = keep(driver.open(board, 0, PAGES * PAGE_BYTES, Access.READ_WRITE));
        source = destination;
        assertThatThrownBy(() -> start(0)).hasMessageContaining("DEVICE->DEVICE");
    }

    @Test
    void aDelayedOperationIsOvertakenAndCanBeCancelledUntilItStarts() throws Exception {
        open(new Fault.Delay(Duration.ofHours(1)));
        start(0);
        start(1);
        pollUntil(1);
        assertThat(ended).containsExactly("1 OK 4096");
        assertThat(channel.cancel(0)).isEqualTo(CancelResult.CANCELLED);
        start(0);
        pollUntil(2);
        assertThat(ended).containsExactly("1 OK 4096", "0 OK 4096");
    }

    @Test
    void aDelayedOperationEnds() throws Exception {
        open(new Fault.Delay(Duration.ofMillis(20)));
        start(0);
        pollUntil(1);
        assertThat(ended).containsExactly("0 OK 4096");
    }

    @Test
    void aDuplicatedEndComesTwice() throws Exception {
        open(new Fault.Duplicate());
        start(0);
        pollUntil(2);
        assertThat(ended).containsExactly("0 OK 4096", "0 OK 4096");
    }

    @Test
    void aReorderedEndComesAfterOthers() throws Exception {
        open(new Fault.Reorder(2));
        start(0);
        channel.await(Long.MAX_VALUE);
        start(1);
        start(2);
        start(3);
        pollUntil(4);
        assertThat(ended.get(2)).isEqualTo("0 OK 4096");
    }

    @Test
    void aReorderedEndComesWhenThereIsNothingToWaitFor() throws Exception {
        open(new Fault.Reorder(9));
        start(0);
        pollUntil(1);
        assertThat(ended).containsExactly("0 OK 4096");
    }

    @Test
    void aDroppedEndNeverComesAlthoughTheBytesDo() throws Exception {
        open(new Fault.Drop());
        start(0);
        start(1);
        pollUntil(1);
        channel.await(Long.MAX_VALUE);
        poll();
        assertThat(ended).containsExactly("1 OK 4096");
        assertThat(received.get(7)).isEqualTo(sent.get(7));
        assertThat(channel.cancel(0)).isEqualTo(CancelResult.PENDING);
    }
}
