package org.dray.toy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Supplier;
import org.dray.Access;
import org.dray.AddressSpace;
import org.dray.CopyStatus;
import org.dray.EngineInfo;
import org.dray.Finding;
import org.dray.PeerId;
import org.dray.spi.BackendException;
import org.dray.spi.CopyContext;
import org.dray.spi.CopyDriver;
import org.dray.spi.DriverChannel;
import org.dray.spi.DriverContext;
import org.dray.spi.DriverPeer;
import org.dray.spi.DriverRegion;
import org.dray.spi.Extents;
import org.dray.spi.LocalMemory;
import org.dray.spi.PeerLink;
import org.dray.spi.PublishedRegion;

/** Moves bytes between buffers of this JVM, and notes everything that the core must not do. */
public final class ToyDriver implements CopyDriver {
    final AtomicInteger openRegions = new AtomicInteger();
    private final AtomicInteger openPeers = new AtomicInteger();
    private final AtomicInteger openChannels = new AtomicInteger();
    private final AtomicIntegerArray runningCopies = new AtomicIntegerArray(CopyContext.COUNT);
    private final ToyBackend backend;
    private final DriverContext context;
    private final EngineInfo info;
    private final ByteBuffer space = ByteBuffer.allocateDirect(ToyInfo.SPACE_BYTES);
    private volatile boolean closed;

    ToyDriver(ToyBackend backend, DriverContext context, EngineInfo info) {
        this.backend = backend;
        this.context = context;
        this.info = info;
        backend.openDrivers.incrementAndGet();
    }

    ToyBackend backend() {
        return backend;
    }

    boolean isClosed() {
        return closed;
    }

    public DriverContext context() {
        return context;
    }

    private void requireOpen(String call) {
        if (closed) {
            backend.violations.add(call + " was called on a closed driver");
        }
    }

    @Override
    public EngineInfo info() {
        return info;
    }

    @Override
    public DriverRegion wrap(LocalMemory memory) throws BackendException {
        backend.enter(ToyBackend.Call.WRAP);
        requireOpen("wrap");
        return region(memory);
    }

    @Override
    public DriverRegion register(LocalMemory memory, Access access) throws BackendException {
        backend.enter(ToyBackend.Call.REGISTER);
        requireOpen("register");
        return region(memory);
    }

    @Override
    public DriverRegion registerSingleUse(LocalMemory memory, Access access) throws BackendException {
        backend.singleUses.incrementAndGet();
        return register(memory, access);
    }

    private ToyRegion region(LocalMemory memory) {
        return memory.isRaw()
                ? new ToyRegion(this, List.of(), Extents.of(memory.rawAddress(), memory.byteSize()), null)
                : new ToyRegion(this, memory.buffers(), extents(memory), null);
    }

    private Extents extents(LocalMemory memory) {
        return backend.extraBytes == 0
                ? ToyRegion.extents(memory.buffers())
                : Extents.of(0, memory.byteSize() + backend.extraBytes);
    }

    @Override
    public void published(DriverRegion region, int slot, int generation) {
        backend.enterUnchecked(ToyBackend.Call.PUBLISHED);
        ((ToyRegion) region).publishedAs(new ToyBackend.Key(context.self().instance(), slot, generation));
    }

    @Override
    public DriverRegion allocate(long lengthBytes, Access access) throws BackendException {
        backend.enter(ToyBackend.Call.ALLOCATE);
        requireOpen("allocate");
        List<ByteBuffer> buffers = List.of(ByteBuffer.allocateDirect((int) lengthBytes));
        return new ToyRegion(this, buffers, ToyRegion.extents(buffers), null);
    }

    @Override
    public DriverPeer connect(PeerLink link) throws BackendException {
        backend.enter(ToyBackend.Call.CONNECT);
        requireOpen("connect");
        backend.openPeers.incrementAndGet();
        openPeers.incrementAndGet();
        return new Peer(link);
    }

    private final class Peer implements DriverPeer {
        private final PeerLink link;
        private boolean peerClosed;

        Peer(PeerLink link) {
            this.link = link;
        }

        @Override
        public DriverRegion attach(PublishedRegion published) throws BackendException {
            backend.enter(ToyBackend.Call.ATTACH);
            requireOpen("attach");
            return new ToyRegion(
                    ToyDriver.this,
                    List.of(),
                    published.extents(),
                    ToyBackend.Key.of(link.id().instance(), published),
                    backend.countsUses && published.singleUse());
        }

        @Override
        public List<Finding> diagnose(CopyStatus status, int errno) {
            backend.enterUnchecked(ToyBackend.Call.DIAGNOSE);
            return backend.diagnosis;
        }

        @Override
        public void close() {
            if (peerClosed) {
                backend.violations.add("a peer was closed twice");
                return;
            }
            peerClosed = true;
            if (closed) {
                backend.violations.add("a peer was closed after its driver");
            }
            backend.openPeers.decrementAndGet();
            openPeers.decrementAndGet();
            backend.enterUnchecked(ToyBackend.Call.CLOSE_PEER);
        }
    }

    @Override
    public DriverRegion open(AddressSpace where, long offsetBytes, long lengthBytes, Access access)
            throws BackendException {
        backend.enter(ToyBackend.Call.OPEN_SPACE);
        requireOpen("open");
        return new ToyRegion(
                this,
                List.of(space.slice((int) offsetBytes, (int) lengthBytes)),
                Extents.of(offsetBytes, lengthBytes),
                null);
    }

    @Override
    public void admit(PeerId peer) throws BackendException {
        backend.enter(ToyBackend.Call.ADMIT);
        requireOpen("admit");
    }

    @Override
    public long copy(
            CopyContext copy,
            DriverRegion source,
            long sourceOffsetBytes,
            DriverRegion destination,
            long destinationOffsetBytes,
            long lengthBytes) {
        requireOpen("copy");
        if (!runningCopies.compareAndSet(copy.index(), 0, 1)) {
            backend.violations.add("two copies run with one context");
        }
        try {
            return step(
                    copy,
                    (ToyRegion) source,
                    sourceOffsetBytes,
                    (ToyRegion) destination,
                    destinationOffsetBytes,
                    lengthBytes);
        } finally {
            runningCopies.set(copy.index(), 0);
            requireOpen("copy, while it ran,");
        }
    }

    long step(CopyContext copy, ToyRegion source, long from, ToyRegion destination, long to, long lengthBytes) {
        source.check("as its source");
        destination.check("as its destination");
        if (lengthBytes < 1
                || from < 0
                || to < 0
                || lengthBytes > source.extents().byteSize() - from
                || lengthBytes > destination.extents().byteSize() - to) {
            backend.violations.add("a copy of " + lengthBytes + " bytes from " + from + " to " + to);
        }
        ToyBackend.StepHook hook = backend.onStep;
        if (hook != null) {
            long[] answer = new long[1];
            try {
                if (!hook.before(new ToyStep(this, copy, source, from, destination, to, lengthBytes, answer))) {
                    return answer[0];
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return copy.fail(CopyStatus.CANCELLED, 0, 0, "interrupted");
            }
        }
        ToyRegion.move(source, from, destination, to, lengthBytes);
        source.check("as its source until the end");
        destination.check("as its destination until the end");
        return lengthBytes;
    }

    @Override
    public int queueDepth() {
        return backend.queueDepth;
    }

    @Override
    public DriverChannel openChannel() throws BackendException {
        backend.enter(ToyBackend.Call.OPEN_CHANNEL);
        requireOpen("openChannel");
        Supplier<DriverChannel> others = backend.channels;
        if (others != null) {
            return others.get();
        }
        openChannels.incrementAndGet();
        return new ToyChannel(this);
    }

    void channelClosed() {
        openChannels.decrementAndGet();
        requireOpen("close of a channel");
    }

    @Override
    public void close() {
        if (closed) {
            backend.violations.add("a driver was closed twice");
            return;
        }
        if (openRegions.get() != 0 || openPeers.get() != 0 || openChannels.get() != 0) {
            backend.violations.add("a driver was closed while " + openRegions + " of its regions, " + openPeers
                    + " of its peers and " + openChannels + " of its channels were open");
        }
        closed = true;
        backend.openDrivers.decrementAndGet();
        backend.enterUnchecked(ToyBackend.Call.CLOSE_DRIVER);
    }
}
