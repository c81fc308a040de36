package org.dray.internal;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import org.dray.ChannelOptions;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.spi.BackendException;
import org.dray.spi.DriverChannel;

/** The asynchronous copies of one engine: its channels and futures. */
final class Channels {
    private final EngineCore engine;
    private final int queueDepth;
    private final Set<ChannelCore> open = ConcurrentHashMap.newKeySet();
    private final Set<CopyFuture> futures = ConcurrentHashMap.newKeySet();

    Channels(EngineCore engine) {
        this.engine = engine;
        this.queueDepth = engine.driver().queueDepth();
    }

    ChannelCore open(ChannelOptions options) throws BackendException {
        ChannelCore channel = new ChannelCore(engine, options, made -> runner(made, options));
        open.add(channel);
        return channel;
    }

    private Runner runner(ChannelCore channel, ChannelOptions options) throws BackendException {
        if (queueDepth == 0) {
            return new Worker(channel, engine.copier(), engine.dray().executor());
        }
        DriverChannel driver = engine.driver().openChannel();
        return new Pump(engine, channel, driver, Math.min(queueDepth, options.capacity()));
    }

    void forget(ChannelCore channel) {
        open.remove(channel);
    }

    CopyFuture start(Operation operation) {
        CopyFuture future = new CopyFuture(engine, operation, futures::remove);
        futures.add(future);
        try {
            engine.dray().executor().execute(future);
        } catch (RejectedExecutionException e) {
            CopyException failure = new CopyException(
                    CopyStatus.RESOURCE_LIMIT, engine.id(), "the executor takes no further copy: " + e.getMessage());
            failure.initCause(e);
            future.fail(failure);
        }
        return future;
    }

    /** Moves on what depends on somebody asking. */
    void advance() {
        open.forEach(ChannelCore::advance);
    }

    void close(long deadlineNanos) {
        futures.forEach(CopyFuture::stop);
        Attempts attempts = new Attempts();
        open.forEach(channel -> attempts.run(() -> channel.close(deadlineNanos)));
        attempts.finish();
    }
}
