package org.dray.backend.sim;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.dray.Access;
import org.dray.AddressSpace;
import org.dray.EngineInfo;
import org.dray.backend.sim.model.DeviceModel;
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
import org.jspecify.annotations.Nullable;

/** The opened simulator: makes regions, and moves bytes from one to another through a window. */
final class SimDriver implements CopyDriver {
    /** Suffix of the file with the {@link Mailboxes}. */
    static final String MAILBOXES = "simbox";

    private static final long ANSWER_BOUND_NANOS = 5_000_000_000L;

    private final DriverContext context;
    private final EngineInfo info;
    private final int maxSegments;
    private final SimSettings settings;
    private final SimClock clock;
    private final AtomicInteger channels = new AtomicInteger();
    private final Spaces spaces;
    private final Optional<ProcessMemory> processMemory = ProcessMemory.open();
    private final AtomicInteger allocations = new AtomicInteger();
    private final @Nullable ByteBuffer[] windows = new @Nullable ByteBuffer[CopyContext.COUNT];
    private @Nullable Device device;

    SimDriver(DriverContext context, SimSettings settings) {
        this.context = context;
        this.settings = settings;
        this.clock = new SimClock(settings.virtualTime());
        this.spaces = new Spaces(settings, context);
        this.maxSegments = settings.personality().limits().maxSegments();
        this.info = SimInfo.of(settings, processMemory.isPresent(), OtherProcess.canTell());
    }

    @Override
    public EngineInfo info() {
        return info;
    }

    @Override
    public DriverRegion wrap(LocalMemory memory) throws BackendException {
        return local(memory, memory.isReadOnly() ? Access.READ : Access.READ_WRITE, region -> {});
    }

    @Override
    public DriverRegion register(LocalMemory memory, Access access) throws BackendException {
        return local(memory, access, device()::withdraw);
    }

    private HostRegion local(LocalMemory memory, Access access, Consumer<HostRegion> onClose) throws BackendException {
        return memory.isRaw()
                ? HostRegion.of(
                        processMemory.orElseThrow().range(memory),
                        Coordinates.of(memory.rawAddress(), memory.byteSize(), maxSegments),
                        access,
                        onClose)
                : HostRegion.of(
                        new BufferMemory(memory.buffers()),
                        Coordinates.of(memory.buffers(), maxSegments),
                        access,
                        onClose);
    }

    @Override
    public DriverRegion allocate(long lengthBytes, Access access) throws BackendException {
        Device server = device();
        MappedFile file = MappedFile.open(context.file("simmem" + allocations.incrementAndGet()), lengthBytes);
        FileRange whole = new FileRange(file, 0, lengthBytes, false);
        Extents extents = Coordinates.of(file.slices(0, lengthBytes), maxSegments);
        return HostRegion.of(whole, extents, access, region -> {
            server.withdraw(region);
            file.delete();
        });
    }

    @Override
    public DriverRegion open(AddressSpace space, long offsetBytes, long lengthBytes, Access access)
            throws BackendException {
        boolean persistent = space.kind() == AddressSpace.Kind.PERSISTENT;
        FileRange range = new FileRange(spaces.file(space), offsetBytes, lengthBytes, persistent);
        return HostRegion.of(range, Extents.of(offsetBytes, lengthBytes), access, region -> {});
    }

    @Override
    public void published(DriverRegion region, int slot, int generation) {
        server().orElseThrow().publish((HostRegion) region, slot, generation);
    }

    @Override
    public DriverPeer connect(PeerLink link) throws BackendException {
        return SimPeer.connect(link, ANSWER_BOUND_NANOS);
    }

    /** The device of this owner; it comes into being with the first region that peers may reach. */
    private synchronized Device device() throws BackendException {
        if (device == null) {
            device = Device.open(context.file(MAILBOXES));
        }
        return device;
    }

    private synchronized Optional<Device> server() {
        return Optional.ofNullable(device);
    }

    @Override
    public long copy(
            CopyContext context,
            DriverRegion source,
            long sourceOffsetBytes,
            DriverRegion destination,
            long destinationOffsetBytes,
            long lengthBytes) {
        return move(
                context,
                window(context.index()),
                (SimRegion) source,
                sourceOffsetBytes,
                (SimRegion) destination,
                destinationOffsetBytes,
                lengthBytes);
    }

    /** Through a window that nobody else uses meanwhile. */
    static long move(
            CopyContext context,
            ByteBuffer window,
            SimRegion from,
            long sourceOffsetBytes,
            SimRegion to,
            long destinationOffsetBytes,
            long lengthBytes) {
        long done = 0;
        int moved = Mailboxes.WINDOW_BYTES;
        while (done < lengthBytes && moved == Mailboxes.WINDOW_BYTES) {
            int step = (int) Math.min(Mailboxes.WINDOW_BYTES, lengthBytes - done);
            int read = from.read(context, sourceOffsetBytes + done, window, step);
            moved = read == 0 ? 0 : to.write(context, destinationOffsetBytes + done, window, read);
            done += moved;
        }
        return done;
    }

    @Override
    public int queueDepth() {
        return settings.personality().limits().queueDepth();
    }

    /** Each channel of an engine draws its lots from a seed of its own. */
    @Override
    public DriverChannel openChannel() {
        Limits limits = settings.personality().limits();
        long seed = settings.seed() + channels.getAndIncrement();
        DeviceModel device = new DeviceModel(settings.cost(), limits.queueDepth(), limits.inOrder(), seed);
        return new SimChannel(clock, device, limits.queueDepth());
    }

    /** Of a running copy alone: nobody else has its index. */
    private ByteBuffer window(int index) {
        ByteBuffer window = windows[index];
        if (window == null) {
            window = ByteBuffer.allocateDirect(Mailboxes.WINDOW_BYTES);
            windows[index] = window;
        }
        return window;
    }

    @Override
    public void close() {
        server().ifPresent(Device::close);
        processMemory.ifPresent(ProcessMemory::close);
    }
}
