package org.dray.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Holds threads inside the toy until the test lets them go. */
final class Gate {
    private static final long BOUND_SECONDS = 60;

    private final Semaphore arrivals = new Semaphore(0);
    private final CountDownLatch opened = new CountDownLatch(1);

    void pass() {
        arrivals.release();
        try {
            if (!opened.await(BOUND_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody opened the gate");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void awaitArrival() throws InterruptedException {
        awaitArrivals(1);
    }

    void awaitArrivals(int count) throws InterruptedException {
        assertThat(arrivals.tryAcquire(count, BOUND_SECONDS, TimeUnit.SECONDS))
                .as("arrival at the gate")
                .isTrue();
    }

    void open() {
        opened.countDown();
    }
}
