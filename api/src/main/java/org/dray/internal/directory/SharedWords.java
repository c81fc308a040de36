package org.dray.internal.directory;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/** A file of 64-bit words that several processes have mapped. All words are little-endian and aligned. */
final class SharedWords {
    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final ByteBuffer words;

    private SharedWords(ByteBuffer words) {
        this.words = words;
    }

    /** Makes a file of zeros that takes memory only where it was {@linkplain #reserve reserved}. */
    static SharedWords create(Path file, int byteSize) throws IOException {
        FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
                        Base.ownerOnly())
                .close();
        return map(file, FileChannel.MapMode.READ_WRITE, byteSize);
    }

    /** Maps a file that another process made. */
    static SharedWords open(Path file, int byteSize, boolean writable) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile()) {
            throw new IOException(file + " is not a file");
        }
        if (attributes.size() != byteSize) {
            throw new IOException(file + " has " + attributes.size() + " bytes, not " + byteSize);
        }
        return map(file, writable ? FileChannel.MapMode.READ_WRITE : FileChannel.MapMode.READ_ONLY, byteSize);
    }

    private static SharedWords map(Path file, FileChannel.MapMode mode, int byteSize) throws IOException {
        Set<OpenOption> options = mode == FileChannel.MapMode.READ_ONLY
                ? Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)
                : Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        return new SharedWords(Uninterrupted.map(file, options, mode, 0, byteSize));
    }

    /**
     * Takes memory for a part of the file by writing zeros: a full file system is an exception here and a crash later.
     */
    static void reserve(Path file, long offset, int lengthBytes) throws IOException {
        Uninterrupted.call(() -> {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                ByteBuffer zeros = ByteBuffer.allocate(lengthBytes);
                while (zeros.hasRemaining()) {
                    channel.write(zeros, offset + zeros.position());
                }
                return file;
            }
        });
    }

    long get(int offset) {
        return (long) LONG.getVolatile(words, offset);
    }

    void set(int offset, long value) {
        LONG.setVolatile(words, offset, value);
    }

    /** All words, for plain access between fences. */
    LongBuffer asLongs() {
        return words.duplicate().order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
    }

    /** A store that is ordered by a later one. */
    void setPlain(int offset, long value) {
        LONG.set(words, offset, value);
    }

    void setRelease(int offset, long value) {
        LONG.setRelease(words, offset, value);
    }

    boolean compareAndSet(int offset, long expected, long value) {
        return LONG.compareAndSet(words, offset, expected, value);
    }
}
