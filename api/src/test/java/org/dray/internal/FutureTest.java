package org.dray.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.dray.Access;
import org.dray.CopyEngine;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.MemoryRegion;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Copies that are promised. */
@Timeout(60)
class FutureTest {
    private static final int BYTES = 64;

    @RegisterExtension
    final Toys toys = new Toys();

    private final ByteBuffer sourceMemory = Toys.filled(BYTES, 1);
    private final ByteBuffer destinationMemory = Toys.empty(BYTES);
    private final List<Runnable> tasks = new ArrayList<>();
    private DrayCore dray;
    private CopyEngine engine;
    private MemoryRegion source;
    private MemoryRegion destination;

    @BeforeEach
    void load() {
        load(toys.load());
    }

    private void load(DrayCore loaded) {
        dray = loaded;
        engine = dray.engine("toy");
        source = engine.register(sourceMemory, Access.READ);
        destination = engine.register(destinationMemory, Access.WRITE);
    }

    /** Nothing runs before the test says so. */
    private void loadWithTasksInHand() {
        load(toys.load(options -> options.executor(tasks::add)));
    }

    private CompletableFuture<Void> start() {
        return engine.copyAsync(source, 0, destination, 0, BYTES);
    }

    private static void assertFailed(CompletableFuture<Void> future, CopyStatus status) {
        assertThatThrownBy(() -> future.get(30, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        CopyException.class, e -> assertThat(e.status()).isEqualTo(status));
    }

    @Test
    void completesWhenTheBytesAreThere() throws Exception {
        start().get(30, TimeUnit.SECONDS);
        assertThat(destinationMemory).isEqualTo(sourceMemory);
    }

    @Test
    void failsWithWhatTheCopyThrew() {
        toys.toy.onStep = step -> step.failAfter(5, CopyStatus.BAD_LOCAL_ADDRESS, 14);
        CompletableFuture<Void> future = start();
        assertFailed(future, CopyStatus.BAD_LOCAL_ADDRESS);
        assertThatThrownBy(future::join)
                .cause()
                .isInstanceOfSatisfying(
                        CopyException.class, e -> assertThat(e.bytesDone()).hasValue(5));
    }

    @Test
    void mistakesAreThrownAtOnce() {
        loadWithTasksInHand();
        assertThatThrownBy(() -> engine.copyAsync(source, 0, destination, 1, BYTES))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> engine.copyAsync(destination, 0, destination, 0, 8))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> engine.copyAsync(null, 0, destination, 0, 8)).isInstanceOf(NullPointerException.class);
        assertThat(tasks).isEmpty();
    }

    @Test
    void runsOnTheExecutorOfTheOptions() {
        loadWithTasksInHand();
        CompletableFuture<Void> future = start();
        assertThat(future).isNotDone();
        tasks.forEach(Runnable::run);
        assertThat(future).isCompleted();
        assertThat(destinationMemory).isEqualTo(sourceMemory);
    }

    @Test
    void cancelledBeforeItBeginsMovesNothing() {
        loadWithTasksInHand();
        CompletableFuture<Void> future = start();
        assertThat(future.cancel(true)).isTrue();
        tasks.forEach(Runnable::run);
        assertThat(future).isCancelled();
        assertThat(destinationMemory).isEqualTo(Toys.empty(BYTES));
    }

    @Test
    void givenUpBeforeItBeginsMovesNothing() {
        loadWithTasksInHand();
        CompletableFuture<Void> timedOut = start().orTimeout(1, TimeUnit.NANOSECONDS);
        assertThatThrownBy(timedOut::join).hasCauseInstanceOf(TimeoutException.class);
        CompletableFuture<Void> completed = start();
        completed.complete(null);
        tasks.forEach(Runnable::run);
        assertThat(destinationMemory).isEqualTo(Toys.empty(BYTES));
        assertThat(completed).isCompleted();
    }

    @Test
    void cancelledWhileItRunsEndsAtItsNextStep() throws Exception {
        toys.toy.info.maxTransferBytes(16);
        load(toys.load());
        Gate gate = new Gate();
        toys.toy.onStep = step -> {
            gate.pass();
            return true;
        };
        CompletableFuture<Void> future = start();
        gate.awaitArrival();
        future.cancel(false);
        gate.open();
        dray.close();
        assertThat(destinationMemory.get(15)).isEqualTo(sourceMemory.get(15));
        assertThat(destinationMemory.get(16)).isZero();
    }

    @Test
    void executorThatRefusesIsALimit() {
        load(toys.load(options -> options.executor(task -> {
            throw new RejectedExecutionException("full");
        })));
        assertFailed(start(), CopyStatus.RESOURCE_LIMIT);
    }

    @Test
    void regionClosedBeforeItBeginsEndsIt() {
        loadWithTasksInHand();
        CompletableFuture<Void> future = start();
        source.close();
        tasks.forEach(Runnable::run);
        assertFailed(future, CopyStatus.CANCELLED);
    }

    @Test
    void closingDrayEndsWhatHasNotBegun() {
        loadWithTasksInHand();
        CompletableFuture<Void> future = start();
        dray.close();
        assertFailed(future, CopyStatus.CANCELLED);
        tasks.forEach(Runnable::run);
        assertThat(destinationMemory).isEqualTo(Toys.empty(BYTES));
    }

    @Test
    void closingDrayEndsItsThreads() throws Exception {
        start().get(30, TimeUnit.SECONDS);
        assertThat(copyThreads()).isNotEmpty();
        dray.close();
        Background.await(() -> copyThreads().isEmpty());
    }

    private static Set<Thread> copyThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(it -> it.getName().startsWith("dray-copy-"))
                .collect(Collectors.toSet());
    }

    @Test
    void stagesThatDependOnItAreOrdinary() throws Exception {
        assertThat(start().thenApply(nothing -> 5).get(30, TimeUnit.SECONDS)).isEqualTo(5);
    }
}
