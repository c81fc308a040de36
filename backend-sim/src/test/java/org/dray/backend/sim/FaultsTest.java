package org.dray.backend.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.dray.Access;
import org.dray.AddressSpace;
import org.dray.AddressSpace.Kind;
import org.dray.CopyStatus;
import org.dray.spi.DriverRegion;
import org.dray.spi.LocalMemory;
import org.dray.tck.faults.Fault;
import org.dray.tck.faults.FaultScript;
import org.dray.tck.faults.FaultyDriver;
import org.dray.tck.faults.Operations;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a fault script does to copies of this simulator, or of a board in whole pages. */
class FaultsTest {
    private static final int PAGE_BYTES = 4096;
    private static final int LENGTH_BYTES = 4 * PAGE_BYTES;
    private static final Fault.Fail FAILURE = new Fault.Fail(CopyStatus.IO_ERROR, 5);

    @TempDir
    Path directory;

    private final List<DriverRegion> regions = new ArrayList<>();
    private final TestCopy context = new TestCopy();
    private final ByteBuffer sent = Fixture.direct(Fixture.random(LENGTH_BYTES, 1));
    private final ByteBuffer received = ByteBuffer.allocateDirect(LENGTH_BYTES);
    private FaultyDriver driver;
    private DriverRegion source;
    private DriverRegion destination;

    @BeforeEach
    void openWithoutFaults() throws Exception {
        open(Personality.FULL, FaultScript.none());
    }

    @AfterEach
    void close() {
        regions.forEach(DriverRegion::close);
        regions.clear();
        driver.close();
    }

    private void reopen(Personality personality, FaultScript script) throws Exception {
        close();
        open(personality, script);
    }

    private void open(Personality personality, FaultScript script) throws Exception {
        SimSettings settings = TestSettings.of(personality, 1 << 20);
        driver = new FaultyDriver(new GuardedDriver(new SimDriver(new TestLink(directory, 1), settings)), script);
        source = keep(driver.register(LocalMemory.ofBuffers(List.of(sent)), Access.READ_WRITE));
        destination = keep(driver.wrap(LocalMemory.ofBuffers(List.of(received))));
    }

    private DriverRegion keep(DriverRegion region) {
        regions.add(region);
        return region;
    }

    private DriverRegion board() throws Exception {
        AddressSpace space = driver.info().spaces(Kind.DEVICE).get(0);
        return keep(driver.open(space, 0, LENGTH_BYTES, Access.READ_WRITE));
    }

    private long copy(DriverRegion from, DriverRegion to) {
        context.forget();
        return driver.copy(context, from, 0, to, 0, LENGTH_BYTES);
    }

    private long copy() {
        return copy(source, destination);
    }

    private int firstWrongByte() {
        return Fixture.firstDifference(Fixture.bytes(sent), Fixture.bytes(received));
    }

    @Test
    void withoutALineEverythingGoesThrough() {
        assertThat(copy()).isEqualTo(LENGTH_BYTES);
        assertThat(firstWrongByte()).isEqualTo(-1);
        assertThat(driver.operations()).isEqualTo(1);
        assertThat(driver.faults()).isZero();
    }

    @ParameterizedTest
    @EnumSource(value = CopyStatus.class, mode = EnumSource.Mode.EXCLUDE, names = "OK")
    void anyStatusCanBeTheEndOfTheChosenOperation(CopyStatus status) throws Exception {
        reopen(Personality.FULL, FaultScript.none().with(Operations.number(2), new Fault.Fail(status, 0)));
        assertThat(copy()).isEqualTo(LENGTH_BYTES);
        received.put(0, new byte[LENGTH_BYTES]);
        assertThat(copy()).isZero();
        assertThat(context.outcome()).isEqualTo(status);
        assertThat(Fixture.bytes(received)).containsOnly(0);
        assertThat(copy()).isEqualTo(LENGTH_BYTES);
        assertThat(driver.faults()).isEqualTo(1);
    }

    @Test
    void theFirstLineThatFitsDecides() throws Exception {
        Operations onTheBoard = Operations.all().between(Kind.LOCAL, Kind.DEVICE);
        reopen(
                Personality.FULL,
                FaultScript.none()
                        .with(onTheBoard.ofLength(0, LENGTH_BYTES - 1), new Fault.Halt())
                        .with(onTheBoard, FAILURE)
                        .with(Operations.numbers(1, 2), new Fault.Shorten(1)));
        assertThat(copy(source, board())).isZero();
        assertThat(context.outcome()).isEqualTo(CopyStatus.IO_ERROR);
        assertThat(copy()).isEqualTo(1);
    }

    @Test
    void aShortenedOperationMovesItsBeginningAndSaysSo() throws Exception {
        reopen(Personality.FULL, FaultScript.none().with(Operations.all(), new Fault.Shorten(100)));
        assertThat(copy()).isEqualTo(100);
        assertThat(context.outcome()).isEqualTo(CopyStatus.OK);
        assertThat(received.get(99)).isEqualTo(sent.get(99));
        assertThat(Fixture.bytes(received.slice(100, LENGTH_BYTES - 100))).containsOnly(0);
    }

    @Test
    void aShortenedOperationKeepsToTheAlignment() throws Exception {
        reopen(Personality.MICMEM, FaultScript.none().with(Operations.all(), new Fault.Shorten(PAGE_BYTES + 100)));
        assertThat(copy(source, board())).isEqualTo(PAGE_BYTES);
    }

    @Test
    void aShortenedOperationIsNeverWhole() throws Exception {
        reopen(Personality.FULL, FaultScript.none().with(Operations.all(), new Fault.Shorten(LENGTH_BYTES)));
        assertThat(copy()).isEqualTo(LENGTH_BYTES - 1);
    }

    @Test
    void aCorruptedOperationSaysOkAndOneByteOfOwnMemoryIsWrong() throws Exception {
        reopen(Personality.FULL, FaultScript.none().with(Operations.all(), new Fault.Corrupt(5000)));
        assertThat(copy()).isEqualTo(LENGTH_BYTES);
        assertThat(context.outcome()).isEqualTo(CopyStatus.OK);
        assertThat(firstWrongByte()).isEqualTo(5000);
        received.put(5000, sent.get(5000));
        assertThat(firstWrongByte()).isEqualTo(-1);
    }

    @Test
    void aCorruptedOperationSpoilsAByteOfTheBoard() throws Exception {
        reopen(Personality.MICMEM, FaultScript.none().with(Operations.number(1), new Fault.Corrupt(Long.MAX_VALUE)));
        DriverRegion board = board();
        assertThat(copy(source, board)).isEqualTo(LENGTH_BYTES);
        assertThat(copy(board, destination)).isEqualTo(LENGTH_BYTES);
        assertThat(firstWrongByte()).isEqualTo(LENGTH_BYTES - 1);
    }

    @Test
    void whereNoSideIsOwnMemoryNothingCanBeCorrupted() throws Exception {
        reopen(Personality.FULL, FaultScript.none().with(Operations.all(), new Fault.Corrupt(0)));
        DriverRegion board = board();
        assertThatThrownBy(() -> copy(board, board)).hasMessageContaining("DEVICE->DEVICE");
    }

    @Test
    void aHaltedDeviceStaysHalted() throws Exception {
        reopen(Personality.FULL, FaultScript.none().with(Operations.number(2), new Fault.Halt()));
        assertThat(copy()).isEqualTo(LENGTH_BYTES);
        for (int i = 0; i < 3; i++) {
            assertThat(copy()).isZero();
            assertThat(context.outcome()).isEqualTo(CopyStatus.DEVICE_HALTED);
        }
        assertThat(driver.faults()).isEqualTo(3);
    }

    @Test
    void aDelayedOperationIsDoneLaterAlsoIfItsThreadIsInterrupted() throws Exception {
        Duration delay = Duration.ofMillis(30);
        reopen(Personality.FULL, FaultScript.none().with(Operations.all(), new Fault.Delay(delay)));
        Thread.currentThread().interrupt();
        long start = System.nanoTime();
        assertThat(copy()).isEqualTo(LENGTH_BYTES);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(delay.toNanos());
        assertThat(firstWrongByte()).isEqualTo(-1);
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> new Fault.Fail(CopyStatus.OK, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Fault.Delay(Duration.ofNanos(-1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Fault.Shorten(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Fault.Corrupt(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Fault.Reorder(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Operations.number(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Operations.all().ofLength(2, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
