package org.dray.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.dray.Access;
import org.dray.BackendReport;
import org.dray.CopyEngine;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.Dray;
import org.dray.DrayOptions;
import org.dray.Exported;
import org.dray.Finding;
import org.dray.InvalidationNotifier;
import org.dray.MemoryRegion;
import org.dray.PeerId;
import org.dray.RegionOption;
import org.dray.Selection;
import org.dray.Tokens;
import org.dray.internal.directory.Instance;
import org.dray.internal.directory.OwnerDirectory;
import org.dray.spi.BackendProvider;
import org.dray.spi.DriverContext;
import org.dray.spi.LocalMemory;
import org.jspecify.annotations.Nullable;

/** One Dray: what discovery found, the engines it opened, and what they share. */
public final class DrayCore implements Dray {
    private final DrayOptions options;
    private final Instance instance;
    private final CopyCells cells = new CopyCells(this::advance);
    private final Set<Root> wrapped = ConcurrentHashMap.newKeySet();
    private final ReentrantLock closing = new ReentrantLock();
    private final List<EngineCore> engines;
    private final List<BackendReport> reports;
    private final Selection selection;
    private @Nullable OwnerDirectory ownerDirectory;
    private @Nullable Pool pool;
    private volatile boolean closed;
    private boolean released;

    private DrayCore(DrayOptions options, Instance instance, List<Candidate> candidates) {
        this.options = options;
        this.instance = instance;
        Engines opened = Engines.open(this, candidates);
        this.engines = opened.engines();
        this.reports = opened.reports();
        this.selection = opened.selection();
    }

    /**
     * Loads.
     *
     * @param options the options
     * @return a new instance
     */
    public static Dray load(DrayOptions options) {
        Objects.requireNonNull(options, "options");
        return load(options, Discovery.entries());
    }

    static DrayCore load(DrayOptions options, Iterator<ServiceLoader.Provider<BackendProvider>> entries) {
        List<Candidate> candidates = Discovery.discover(options, entries);
        Instance instance;
        try {
            instance = Instance.create(options.directory());
        } catch (IOException e) {
            Finding finding = new Finding(
                    "dray.directory",
                    String.valueOf(e.getMessage()),
                    "a directory of mode 0700 or 0711 that belongs to this user",
                    "repair it, or name another one with -Ddray.directory");
            throw new CopyException(
                    CopyStatus.UNAVAILABLE,
                    "dray",
                    Optional.empty(),
                    0,
                    -1,
                    "the directory for shared files cannot be used",
                    List.of(finding));
        }
        DrayCore dray = null;
        try {
            DrayCore loading = new DrayCore(options, instance, candidates);
            dray = loading;
            return loading;
        } finally {
            if (dray == null) {
                closeInstance(instance);
            }
        }
    }

    DrayOptions options() {
        return options;
    }

    Instance instance() {
        return instance;
    }

    CopyCells cells() {
        return cells;
    }

    long closeTimeoutNanos() {
        return options.closeTimeoutNanos();
    }

    List<EngineCore> engineCores() {
        return engines;
    }

    int engineCount() {
        return engines.size();
    }

    /** Made when the first region is published. */
    synchronized OwnerDirectory ownerDirectory() {
        if (ownerDirectory == null) {
            try {
                ownerDirectory = OwnerDirectory.create(instance);
            } catch (IOException e) {
                throw new CopyException(CopyStatus.RESOURCE_LIMIT, "dray", "no space for the shared directory: " + e);
            }
        }
        return ownerDirectory;
    }

    /** What the options say, or a pool of this Dray's own. */
    synchronized Executor executor() {
        return options.executor().orElseGet(() -> {
            if (pool == null) {
                pool = new Pool();
            }
            return pool.executor();
        });
    }

    private synchronized void closePool(long deadlineNanos) {
        if (pool != null) {
            pool.close(deadlineNanos);
        }
    }

    private void advance() {
        engines.forEach(EngineCore::advance);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("this Dray is closed");
        }
    }

    Optional<EngineCore> findEngine(String id) {
        return engines.stream().filter(engine -> engine.id().equals(id)).findFirst();
    }

    @Nullable
    BackendReport report(String id) {
        return reports.stream()
                .filter(r -> r.backendId().equals(id))
                .findFirst()
                .orElse(null);
    }

    BackendReport.State state(String id) {
        return Objects.requireNonNull(report(id)).state();
    }

    @Override
    public List<BackendReport> reports() {
        return reports;
    }

    @Override
    public Selection selection() {
        return selection;
    }

    @Override
    public List<CopyEngine> engines() {
        requireOpen();
        return List.copyOf(engines);
    }

    @Override
    public CopyEngine engine(String backendId) {
        requireOpen();
        Objects.requireNonNull(backendId, "backendId");
        Optional<EngineCore> engine = findEngine(backendId);
        if (engine.isPresent()) {
            return engine.get();
        }
        BackendReport report = report(backendId);
        if (report == null) {
            Set<String> known =
                    reports.stream().map(BackendReport::backendId).collect(Collectors.toCollection(TreeSet::new));
            throw Discovery.unknown(backendId, known);
        }
        throw unavailable(report);
    }

    static CopyException unavailable(BackendReport report) {
        return new CopyException(
                CopyStatus.UNAVAILABLE,
                report.backendId(),
                Optional.empty(),
                0,
                -1,
                "the backend is " + report.state() + " here",
                report.findings());
    }

    @Override
    public List<InvalidationNotifier> notifiers() {
        requireOpen();
        return List.of();
    }

    @Override
    public Exported export(ByteBuffer memory, Access access, RegionOption... regionOptions) {
        return export(Memories.of(List.of(memory)), access, regionOptions);
    }

    @Override
    public Exported export(MemoryRegion memory, Access access, RegionOption... regionOptions) {
        return export(wrappedMemory(memory), access, regionOptions);
    }

    private Exported export(LocalMemory memory, Access access, RegionOption... regionOptions) {
        Objects.requireNonNull(access, "access");
        requireOpen();
        return Exporting.export(this, memory, access, regionOptions);
    }

    @Override
    public MemoryRegion attach(Tokens tokens) {
        return attachAny(Objects.requireNonNull(tokens, "tokens"), null);
    }

    @Override
    public MemoryRegion attach(Tokens tokens, Access needed) {
        return attachAny(Objects.requireNonNull(tokens, "tokens"), Objects.requireNonNull(needed, "needed"));
    }

    private MemoryRegion attachAny(Tokens tokens, @Nullable Access needed) {
        requireOpen();
        Attaching attaching = Attaching.attempt(this, tokens, needed);
        return attaching.region().orElseThrow(() -> attaching.failure(this));
    }

    @Override
    public Selection explain(Tokens tokens, Access needed) {
        Objects.requireNonNull(needed, "needed");
        requireOpen();
        Attaching attaching = Attaching.attempt(this, Objects.requireNonNull(tokens, "tokens"), needed);
        attaching.region().ifPresent(MemoryRegion::close);
        return attaching.selection();
    }

    @Override
    public MemoryRegion wrap(ByteBuffer memory) {
        return wrap(List.of(memory));
    }

    @Override
    public MemoryRegion wrap(List<ByteBuffer> segments) {
        requireOpen();
        return wrap(Memories.of(segments));
    }

    @Override
    public MemoryRegion wrapAddress(long address, long lengthBytes, Object keepAlive) {
        requireOpen();
        return wrap(Memories.of(address, lengthBytes, keepAlive));
    }

    /** From now on the region is closed with this Dray; a region that comes too late is closed at once. */
    private MemoryRegion wrap(LocalMemory memory) {
        WrappedRoot root = new WrappedRoot(this, memory);
        wrapped.add(root);
        if (closed) {
            root.close();
            requireOpen();
        }
        return new RegionView(root);
    }

    void forget(WrappedRoot root) {
        wrapped.remove(root);
    }

    /** The memory behind a wrapped region. */
    LocalMemory wrappedMemory(MemoryRegion region) {
        Objects.requireNonNull(region, "memory");
        if (region instanceof RegionView view && view.root instanceof WrappedRoot wrapped && !view.isSlice()) {
            wrapped.requireOpen();
            return wrapped.memory;
        }
        throw new IllegalArgumentException("only a whole wrapped region can be registered, not " + region);
    }

    @Override
    public PeerId self() {
        return instance.self();
    }

    @Override
    public void admit(PeerId peer) {
        Objects.requireNonNull(peer, "peer");
        requireOpen();
        Attempts attempts = new Attempts();
        attempts.run(() -> openFiles(peer));
        engines.forEach(engine -> attempts.run(() -> engine.admit(peer)));
        attempts.finish();
    }

    private void openFiles(PeerId peer) {
        try {
            instance.admit(peer);
        } catch (IOException e) {
            throw new CopyException(
                    CopyStatus.IO_ERROR, "dray", "the shared files cannot be opened to other users: " + e);
        }
    }

    @Override
    public void close() {
        Quarantine.reap();
        closing.lock();
        try {
            close(System.nanoTime() + closeTimeoutNanos());
        } finally {
            closing.unlock();
        }
    }

    /** Goes on with a close that ran into its bound, unless somebody is just doing that. */
    void finishClose() {
        if (closed && closing.tryLock()) {
            try {
                close(System.nanoTime());
            } catch (CopyException stillBusy) {
                // The next one goes on.
            } finally {
                closing.unlock();
            }
        }
    }

    /**
     * As long as a copy goes on, own or a peer's, drivers and files stay: losing the lock in the file would tell peers
     * that this process has ended, and that nothing of it writes to their memory any more.
     */
    private void close(long deadlineNanos) {
        if (released) {
            return;
        }
        closed = true;
        engines.forEach(EngineCore::refuse);
        Attempts attempts = new Attempts();
        engines.forEach(engine -> attempts.run(() -> engine.closeChannels(deadlineNanos)));
        wrapped.forEach(root -> attempts.run(() -> root.close(deadlineNanos)));
        engines.forEach(engine -> attempts.run(() -> engine.closeRegions(deadlineNanos)));
        attempts.finish();
        released = true;
        closePool(deadlineNanos);
        withdraw();
        // Drivers after all regions and files: closing one may drop the lock.
        engines.forEach(engine -> attempts.run(engine.driver()::close));
        closeInstance(instance);
        attempts.finish();
    }

    private void withdraw() {
        try {
            instance.withdraw();
        } catch (IOException e) {
            // A system that keeps files as long as they are mapped: they go when the instance is closed.
        }
    }

    private static void closeInstance(Instance instance) {
        try {
            instance.close();
        } catch (IOException e) {
            System.getLogger(DrayCore.class.getName())
                    .log(System.Logger.Level.WARNING, "files of instance " + instance.self() + " remain: " + e);
        }
    }

    /** What a driver is told about this Dray. */
    record Context(Instance instance) implements DriverContext {
        @Override
        public PeerId self() {
            return instance.self();
        }

        @Override
        public Path aliveFile() {
            return instance.aliveFile(instance.self());
        }

        @Override
        public Path file(String suffix) {
            return instance.file("." + suffix);
        }
    }
}
