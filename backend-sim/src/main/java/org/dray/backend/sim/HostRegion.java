package org.dray.backend.sim;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.dray.Access;
import org.dray.CopyStatus;
import org.dray.spi.BackendException;
import org.dray.spi.CopyContext;
import org.dray.spi.Extents;
import org.jspecify.annotations.Nullable;

/** Memory of this process: wrapped, registered or allocated, or a part of a device's or a persistent space. */
final class HostRegion implements SimRegion {
    private final Memory memory;
    private final Extents extents;
    private final Access access;
    private final @Nullable FileRange file;
    private final Consumer<HostRegion> onClose;

    private HostRegion(
            Memory memory, Extents extents, Access access, @Nullable FileRange file, Consumer<HostRegion> onClose) {
        this.memory = memory;
        this.extents = extents;
        this.access = access;
        this.file = file;
        this.onClose = onClose;
    }

    static HostRegion of(Memory memory, Extents extents, Access access, Consumer<HostRegion> onClose) {
        return new HostRegion(memory, extents, access, null, onClose);
    }

    /** Memory in a file, which can be mapped. */
    static HostRegion of(FileRange file, Extents extents, Access access, Consumer<HostRegion> onClose) {
        return new HostRegion(file.memory(), extents, access, file, onClose);
    }

    Memory memory() {
        return memory;
    }

    Access access() {
        return access;
    }

    @Override
    public Extents extents() {
        return extents;
    }

    @Override
    public int read(CopyContext context, long offsetBytes, ByteBuffer window, int lengthBytes) {
        return moved(context, memory.read(offsetBytes, window, lengthBytes), lengthBytes);
    }

    @Override
    public int write(CopyContext context, long offsetBytes, ByteBuffer window, int lengthBytes) {
        return moved(context, memory.write(offsetBytes, window, lengthBytes), lengthBytes);
    }

    private static int moved(CopyContext context, int movedBytes, int lengthBytes) {
        return movedBytes == lengthBytes
                ? movedBytes
                : (int) context.fail(CopyStatus.BAD_LOCAL_ADDRESS, 0, movedBytes, "the next byte is not accessible");
    }

    @Override
    public ByteBuffer map(long offsetBytes, int lengthBytes) throws BackendException {
        return file == null ? SimRegion.super.map(offsetBytes, lengthBytes) : file.map(offsetBytes, lengthBytes);
    }

    @Override
    public void flush(long offsetBytes, long lengthBytes) throws BackendException {
        if (file == null || !file.persistent()) {
            SimRegion.super.flush(offsetBytes, lengthBytes);
        } else {
            file.flush(offsetBytes, lengthBytes);
        }
    }

    @Override
    public void close() {
        onClose.accept(this);
    }
}
