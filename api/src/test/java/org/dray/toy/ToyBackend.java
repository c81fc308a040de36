package org.dray.toy;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.dray.BackendReport;
import org.dray.CopyStatus;
import org.dray.Finding;
import org.dray.MachineKind;
import org.dray.spi.BackendException;
import org.dray.spi.BackendProvider;
import org.dray.spi.DriverChannel;
import org.dray.spi.DriverContext;
import org.dray.spi.PublishedRegion;
import org.dray.spi.SpiVersion;
import org.jspecify.annotations.Nullable;

/**
 * One toy and all the drivers it opened: regions of one driver are found by the others in a map. A test scripts it by
 * its fields, and asks it afterwards what the core did wrong ({@link #violations}) and forgot to close.
 */
public final class ToyBackend implements BackendProvider {
    /** Where a scripted failure happens. */
    public enum Call {
        REGISTER,
        ALLOCATE,
        WRAP,
        PUBLISHED,
        CONNECT,
        ATTACH,
        OPEN_SPACE,
        ADMIT,
        FLUSH,
        MAP,
        OPEN_CHANNEL,
        DIAGNOSE,
        CLOSE_REGION,
        CLOSE_PEER,
        CLOSE_DRIVER
    }

    /** Takes part in every step of a copy, before bytes move. */
    public interface StepHook {
        /** Returns true if the toy shall move the bytes, else says in {@code step} what the driver answers. */
        boolean before(ToyStep step) throws InterruptedException;
    }

    final Map<Key, ToyRegion> published = new ConcurrentHashMap<>();
    final AtomicInteger openDrivers = new AtomicInteger();
    final AtomicInteger openPeers = new AtomicInteger();
    public final AtomicInteger singleUses = new AtomicInteger();
    final AtomicInteger openRegions = new AtomicInteger();
    final Queue<String> violations = new ConcurrentLinkedQueue<>();
    private final Map<Call, Throwable> failures = new ConcurrentHashMap<>();
    private final Map<Call, Runnable> hooks = new ConcurrentHashMap<>();
    private final AtomicInteger probes = new AtomicInteger();
    private final String id;

    public ToyInfo info;
    public BackendReport.State state = BackendReport.State.AVAILABLE;
    public int spiVersion = SpiVersion.CURRENT;
    public volatile @Nullable StepHook onStep;
    /** What opening a driver throws. */
    public @Nullable Throwable openFailure;
    /** How much longer than asked for the next regions claim to be. */
    public long extraBytes;
    /** Whether the toy's device ends a single-use region with the first copy that names it. */
    public boolean countsUses;
    /** How many operations each channel of the next drivers has under way; 0 if they only block. */
    public int queueDepth;
    /** Channels to use instead of the toy's own. */
    public @Nullable Supplier<DriverChannel> channels;

    public volatile List<Finding> diagnosis = List.of();

    public ToyBackend(String id) {
        this.id = id;
        this.info = new ToyInfo(id);
    }

    /** A published region: its owner's instance, and where it is published. */
    record Key(long instance, int slot, int generation) {
        static Key of(long instance, PublishedRegion region) {
            return new Key(instance, region.slot(), region.generation());
        }
    }

    /** From now on a call fails, with a BackendException of that status. */
    public void fail(Call call, CopyStatus status) {
        failures.put(call, new BackendException(status, 5, call + " was scripted to fail", List.of()));
    }

    /** From now on a call throws. */
    public void fail(Call call, Throwable failure) {
        failures.put(call, failure);
    }

    public void heal(Call call) {
        failures.remove(call);
    }

    /** From now on a call first does something. */
    public void before(Call call, Runnable hook) {
        hooks.put(call, hook);
    }

    void enter(Call call) throws BackendException {
        enterUnchecked(call);
        if (failures.get(call) instanceof BackendException e) {
            throw e;
        }
    }

    void enterUnchecked(Call call) {
        Runnable hook = hooks.get(call);
        if (hook != null) {
            hook.run();
        }
        Throwable failure = failures.get(call);
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
    }

    /** What the core did that no core may do; empty if all was well. */
    public List<String> violations() {
        return List.copyOf(violations);
    }

    public int openRegions() {
        return openRegions.get();
    }

    public int openPeers() {
        return openPeers.get();
    }

    public int openDrivers() {
        return openDrivers.get();
    }

    public int probes() {
        return probes.get();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public int spiVersion() {
        return spiVersion;
    }

    @Override
    public BackendReport probe() {
        probes.incrementAndGet();
        List<Finding> findings = state == BackendReport.State.AVAILABLE
                ? List.of()
                : List.of(new Finding(id + ".state", "a script", "none", "change the test"));
        return new BackendReport(id, version(), state, MachineKind.REAL, findings);
    }

    @Override
    public ToyDriver open(DriverContext context) {
        if (openFailure instanceof RuntimeException e) {
            throw e;
        }
        if (openFailure instanceof Error e) {
            throw e;
        }
        return new ToyDriver(this, context, info.build());
    }
}
