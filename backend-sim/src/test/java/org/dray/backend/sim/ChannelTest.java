package org.dray.backend.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.dray.Access;
import org.dray.CopyChannel.CancelResult;
import org.dray.CopyCost;
import org.dray.CopyStatus;
import org.dray.spi.DriverChannel;
import org.dray.spi.DriverRegion;
import org.dray.spi.LocalMemory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A queue of the driver without the core above it. Operation {@code i} copies page {@code i}. */
@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChannelTest {
    private static final int PAGE_BYTES = 4096;
    private static final int PAGES = 32;
    private static final long ALL_NANOS = Long.MAX_VALUE;

    @TempDir
    Path directory;

    private final ByteBuffer sent = Fixture.direct(Fixture.random(PAGES * PAGE_BYTES, 1));
    private final ByteBuffer received = ByteBuffer.allocateDirect(PAGES * PAGE_BYTES);
    private final List<Integer> ended = new ArrayList<>();
    private GuardedDriver driver;
    private DriverChannel channel;
    private DriverRegion source;
    private DriverRegion destination;

    private void open(SimSettings settings) throws Exception {
        driver = new GuardedDriver(new SimDriver(new TestLink(directory, 1), settings));
        channel = driver.openChannel();
        source = driver.wrap(LocalMemory.ofBuffers(List.of(sent)));
        destination = driver.register(LocalMemory.ofBuffers(List.of(received)), Access.READ_WRITE);
    }

    @AfterEach
    void close() {
        channel.close();
        source.close();
        destination.close();
        driver.close();
    }

    private void start(int operation) {
        int offset = operation * PAGE_BYTES;
        channel.start(operation, source, offset, destination, offset, PAGE_BYTES);
    }

    private void poll() {
        channel.poll((operation, status, errno, bytesDone) -> {
            assertThat(status).isEqualTo(CopyStatus.OK);
            assertThat(bytesDone).isEqualTo(PAGE_BYTES);
            ended.add(operation);
        });
    }

    private void pollAll(int count) {
        for (poll(); ended.size() < count; poll()) {
            channel.await(ALL_NANOS);
        }
    }

    private void startAndPollAll(int count) {
        IntStream.range(0, count).forEach(this::start);
        pollAll(count);
    }

    private boolean hasArrived(int operation) {
        int offset = operation * PAGE_BYTES;
        return received.slice(offset, PAGE_BYTES).equals(sent.slice(offset, PAGE_BYTES));
    }

    @Test
    void everyOperationIsReportedOnceAndItsBytesHaveArrived() throws Exception {
        open(TestSettings.of(Personality.FULL, PAGE_BYTES));
        startAndPollAll(PAGES);
        poll();
        assertThat(ended)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, PAGES).boxed().toList());
        assertThat(received).isEqualTo(sent);
    }

    @Test
    void hoursOfVirtualTimePassAtOnceAndInOrderWhereThatIsDeclared() throws Exception {
        open(TestSettings.virtual(Personality.IOAT, 1));
        closeRegionsOfOwnMemory();
        source = driver.open(driver.info().spaces().get(1), 0, 16 * PAGE_BYTES, Access.READ);
        destination = driver.open(driver.info().spaces().get(1), 1 << 19, 16 * PAGE_BYTES, Access.WRITE);
        startAndPollAll(16);
        assertThat(ended).isSorted();
    }

    private void closeRegionsOfOwnMemory() {
        source.close();
        destination.close();
    }

    @Test
    void theSeedDecidesAboutTheOrder() throws Exception {
        List<List<Integer>> orders = new ArrayList<>();
        for (long seed : new long[] {7, 8, 7}) {
            open(TestSettings.virtual(Personality.FULL, seed));
            startAndPollAll(PAGES);
            orders.add(List.copyOf(ended));
            ended.clear();
            if (orders.size() < 3) {
                close();
            }
        }
        assertThat(orders.get(0)).isEqualTo(orders.get(2)).isNotEqualTo(orders.get(1));
    }

    @Test
    void pollingInVainTakesVirtualTime() throws Exception {
        SimSettings quick = TestSettings.virtual(Personality.FULL, 0);
        open(new SimSettings(
                quick.personality(), quick.directory(), PAGE_BYTES, new CopyCost(50_000, 1L << 40), 0, true));
        start(0);
        int polls = 0;
        for (poll(); ended.isEmpty(); poll()) {
            polls++;
        }
        assertThat(polls).isBetween(45, 55);
    }

    @Test
    void waitingGoesNoFurtherThanItsTimeout() throws Exception {
        open(TestSettings.virtual(Personality.FULL, 0));
        start(0);
        channel.await(TimeUnit.MINUTES.toNanos(30));
        poll();
        assertThat(ended).isEmpty();
        channel.await(ALL_NANOS);
        poll();
        assertThat(ended).containsExactly(0);
    }

    @Test
    void whatWasCancelledMovesNoByteAndIsNotReported() throws Exception {
        open(TestSettings.virtual(Personality.STRICT, 0));
        start(0);
        start(1);
        assertThat(channel.cancel(0)).isEqualTo(CancelResult.PENDING);
        assertThat(channel.cancel(1)).isEqualTo(CancelResult.CANCELLED);
        pollAll(1);
        assertThat(ended).containsExactly(0);
        assertThat(hasArrived(0)).isTrue();
        assertThat(hasArrived(1)).isFalse();
        start(1);
        pollAll(2);
        assertThat(hasArrived(1)).isTrue();
    }

    @Test
    void whatHasEndedIsTooLateToCancel() throws Exception {
        open(TestSettings.virtual(Personality.STRICT, 0));
        start(0);
        channel.await(ALL_NANOS);
        assertThat(channel.cancel(0)).isEqualTo(CancelResult.TOO_LATE);
        pollAll(1);
    }

    @Test
    void aWakeEndsTheNextWait() throws Exception {
        open(TestSettings.of(Personality.FULL, PAGE_BYTES));
        channel.wake();
        channel.await(ALL_NANOS);
        assertThat(ended).isEmpty();
    }

    @Test
    void aMissingByteIsAnEndWithTheExactPrefix() throws Exception {
        open(TestSettings.of(Personality.FULL, PAGE_BYTES));
        DriverRegion nowhere = driver.wrap(LocalMemory.ofAddress(PAGE_BYTES, PAGE_BYTES, this));
        channel.start(3, nowhere, 0, destination, 0, PAGE_BYTES);
        List<String> outcomes = new ArrayList<>();
        while (outcomes.isEmpty()) {
            channel.await(ALL_NANOS);
            channel.poll(
                    (operation, status, errno, bytesDone) -> outcomes.add(operation + " " + status + " " + bytesDone));
        }
        assertThat(outcomes).containsExactly("3 BAD_LOCAL_ADDRESS 0");
        nowhere.close();
    }

    @Test
    void theCoreIsHeldToTheDepthAndToTheNames() throws Exception {
        open(TestSettings.virtual(Personality.STRICT, 0));
        start(0);
        assertThatThrownBy(() -> start(0)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> start(2)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> channel.cancel(1)).isInstanceOf(AssertionError.class);
        pollAll(1);
    }

    @Test
    void theThreadOfAQueueEndsWithIt() throws Exception {
        open(TestSettings.of(Personality.FULL, PAGE_BYTES));
        startAndPollAll(1);
        assertThat(movers()).isEqualTo(1);
        channel.close();
        assertThat(movers()).isZero();
        channel = driver.openChannel();
    }

    private static long movers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(it -> it.getName().equals("dray-sim-queue"))
                .count();
    }
}
