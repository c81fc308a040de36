package org.dray.backend.sim;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.dray.CopyStatus;
import org.dray.spi.BackendException;

/**
 * A sparse file that plays memory, mapped as a whole. Each mapping lives until the last buffer over it is unreachable.
 * The file keeps its name, so that every later mapping opens a channel of its own, which nobody else can interrupt.
 */
final class MappedFile {
    private static final int PIECE_BYTES = 1 << 30;

    /** To open what is there. */
    static final Set<OpenOption> EXISTING = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);

    /** To open what is there, or make it. */
    static final Set<OpenOption> CREATED =
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);

    private final Path path;
    private final List<MappedByteBuffer> pieces;

    private MappedFile(Path path, List<MappedByteBuffer> pieces) {
        this.path = path;
        this.pieces = pieces;
    }

    /** Opens a file, or creates it with zeros; one that is shorter grows. */
    static MappedFile open(Path path, long byteSize) throws BackendException {
        try {
            requireSpace(path, byteSize);
            List<MappedByteBuffer> pieces = new ArrayList<>();
            for (long offset = 0; offset < byteSize; offset += PIECE_BYTES) {
                pieces.add(mapPart(path, CREATED, offset, Math.min(PIECE_BYTES, byteSize - offset)));
            }
            return new MappedFile(path, pieces);
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    /** Writing to a page for which the file system has no room is a signal, so ask before. */
    static void requireSpace(Path path, long byteSize) throws IOException, BackendException {
        long present = Files.exists(path) ? Files.size(path) : 0;
        long free = Files.getFileStore(path.toAbsolutePath().getParent()).getUsableSpace();
        if (byteSize - present > free) {
            throw new BackendException(
                    CopyStatus.RESOURCE_LIMIT,
                    0,
                    "the file system of " + path + " has " + free + " bytes free, wanted " + (byteSize - present),
                    List.of());
        }
    }

    /**
     * Maps a part of a file, which grows to hold it. In a thread that nobody can interrupt: an interrupt at the wrong
     * moment makes the JDK forget a mapping that it has made already, for good (JDK 17 to 25).
     */
    static MappedByteBuffer mapPart(Path path, Set<OpenOption> options, long offsetBytes, long lengthBytes)
            throws IOException {
        FutureTask<MappedByteBuffer> mapping = new FutureTask<>(() -> {
            try (FileChannel channel = FileChannel.open(path, options, ownerOnly(path))) {
                return channel.map(MapMode.READ_WRITE, offsetBytes, lengthBytes);
            }
        });
        Thread thread = new Thread(null, mapping, "dray-sim-map", 0, false);
        thread.setDaemon(true);
        thread.start();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return mapping.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    static BackendException failure(Path path, IOException cause) {
        BackendException failure =
                new BackendException(CopyStatus.IO_ERROR, 0, path + " cannot be mapped: " + cause, List.of());
        failure.initCause(cause);
        return failure;
    }

    /** A range as buffers that follow each other; none is empty. */
    List<ByteBuffer> slices(long offsetBytes, long lengthBytes) {
        List<ByteBuffer> slices = new ArrayList<>();
        for (long at = offsetBytes, end = offsetBytes + lengthBytes; at < end; ) {
            MappedByteBuffer piece = piece(at);
            int from = (int) (at % PIECE_BYTES);
            int step = (int) Math.min(end - at, piece.limit() - from);
            slices.add(piece.slice(from, step));
            at += step;
        }
        return slices;
    }

    /** A range as one buffer. */
    ByteBuffer map(long offsetBytes, int lengthBytes) throws BackendException {
        MappedByteBuffer piece = piece(offsetBytes);
        int from = (int) (offsetBytes % PIECE_BYTES);
        try {
            ByteBuffer buffer = lengthBytes <= piece.limit() - from
                    ? piece.slice(from, lengthBytes)
                    : mapPart(path, EXISTING, offsetBytes, lengthBytes);
            return buffer.order(ByteOrder.nativeOrder());
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    /** Makes a range durable. */
    void force(long offsetBytes, long lengthBytes) {
        for (long at = offsetBytes, end = offsetBytes + lengthBytes; at < end; ) {
            MappedByteBuffer piece = piece(at);
            int from = (int) (at % PIECE_BYTES);
            int step = (int) Math.min(end - at, piece.limit() - from);
            piece.force(from, step);
            at += step;
        }
    }

    private MappedByteBuffer piece(long offsetBytes) {
        return pieces.get((int) (offsetBytes / PIECE_BYTES));
    }

    /** Removes the name, and with the last mapping the memory. */
    void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // A system that keeps mapped files: the core tries again when Dray is closed, and the next Dray after that.
        }
    }
}
