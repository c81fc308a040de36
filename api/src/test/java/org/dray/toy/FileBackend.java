package org.dray.toy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.dray.Access;
import org.dray.AddressSpace.Kind;
import org.dray.BackendReport;
import org.dray.Capability;
import org.dray.CopyStatus;
import org.dray.EngineInfo;
import org.dray.MachineKind;
import org.dray.spi.BackendException;
import org.dray.spi.BackendProvider;
import org.dray.spi.CopyContext;
import org.dray.spi.CopyDriver;
import org.dray.spi.DriverContext;
import org.dray.spi.DriverPeer;
import org.dray.spi.DriverRegion;
import org.dray.spi.Extents;
import org.dray.spi.LocalMemory;
import org.dray.spi.PeerLink;
import org.dray.spi.SpiVersion;

/** A toy whose regions are files that every user may map: it works between JVMs, and between users. */
public final class FileBackend implements BackendProvider {
    /** Name of the engine, and of its files. */
    public static final String ID = "files";

    /** Runs before each copy moves bytes. */
    public volatile Runnable beforeCopy = () -> {};

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public int spiVersion() {
        return SpiVersion.CURRENT;
    }

    @Override
    public BackendReport probe() {
        return new BackendReport(ID, version(), BackendReport.State.AVAILABLE, MachineKind.REAL, List.of());
    }

    @Override
    public CopyDriver open(DriverContext context) {
        return new Driver(context);
    }

    private record Region(ByteBuffer bytes, Extents extents) implements DriverRegion {
        @Override
        public ByteBuffer map(long offsetBytes, int lengthBytes) {
            return bytes.slice((int) offsetBytes, lengthBytes);
        }
    }

    private static ByteBuffer map(Path file, long lengthBytes) throws BackendException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, lengthBytes);
        } catch (IOException e) {
            throw new BackendException(CopyStatus.IO_ERROR, 0, e.toString(), List.of());
        }
    }

    private final class Driver implements CopyDriver {
        private final DriverContext context;
        private final AtomicInteger numbers = new AtomicInteger();

        Driver(DriverContext context) {
            this.context = context;
        }

        @Override
        public EngineInfo info() {
            return new ToyInfo(ID)
                    .without(Capability.SEGMENTS, Capability.RAW_ADDRESS, Capability.SINGLE_USE)
                    .withoutRoutesOf(Kind.DEVICE)
                    .withoutRoutesOf(Kind.PERSISTENT)
                    .build();
        }

        @Override
        public DriverRegion wrap(LocalMemory memory) {
            return new Region(memory.buffers().get(0), ToyRegion.extents(memory.buffers()));
        }

        /** Peers see the bytes as they are now. */
        @Override
        public DriverRegion register(LocalMemory memory, Access access) throws BackendException {
            Region region = allocate(memory.byteSize(), access);
            region.bytes.put(0, memory.buffers().get(0), 0, (int) memory.byteSize());
            return region;
        }

        @Override
        public Region allocate(long lengthBytes, Access access) throws BackendException {
            int number = numbers.getAndIncrement();
            Path file = context.file(ID + number);
            ByteBuffer bytes = FileBackend.map(file, lengthBytes);
            try {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
            } catch (IOException e) {
                throw new BackendException(CopyStatus.IO_ERROR, 0, e.toString(), List.of());
            }
            return new Region(bytes, Extents.of((long) number << 32, lengthBytes));
        }

        @Override
        public DriverPeer connect(PeerLink link) {
            return published -> {
                Extents extents = published.extents();
                Path file = link.file(ID + (extents.base(0) >>> 32));
                return new Region(FileBackend.map(file, extents.byteSize()), extents);
            };
        }

        @Override
        public long copy(
                CopyContext copy,
                DriverRegion source,
                long sourceOffsetBytes,
                DriverRegion destination,
                long destinationOffsetBytes,
                long lengthBytes) {
            beforeCopy.run();
            ByteBuffer from = ((Region) source).bytes;
            ((Region) destination)
                    .bytes.put((int) destinationOffsetBytes, from, (int) sourceOffsetBytes, (int) lengthBytes);
            return lengthBytes;
        }

        @Override
        public void close() {}
    }
}
