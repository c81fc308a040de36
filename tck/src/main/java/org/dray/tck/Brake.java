package org.dray.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/** An executor that holds everything back until it is released, or refuses it. Runs in one thread of its own. */
final class Brake implements Executor, AutoCloseable {
    static final String THREAD = "dray-tck-brake";

    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, THREAD);
        made.setDaemon(true);
        return made;
    });
    private final List<Runnable> held = new ArrayList<>();
    private boolean isReleased;
    private boolean refuses;

    @Override
    public synchronized void execute(Runnable task) {
        if (refuses) {
            throw new RejectedExecutionException("the kit's executor takes nothing now");
        }
        if (isReleased) {
            thread.execute(task);
        } else {
            held.add(task);
        }
    }

    synchronized void release() {
        isReleased = true;
        held.forEach(thread::execute);
        held.clear();
    }

    synchronized void refuse(boolean shallRefuse) {
        refuses = shallRefuse;
    }

    boolean isStopped() {
        return thread.isShutdown();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
