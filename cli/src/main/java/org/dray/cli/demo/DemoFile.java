package org.dray.cli.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Brings a file into memory, or says why not. */
final class DemoFile {
    private DemoFile() {}

    /**
     * Reads a whole file.
     *
     * @param copies how often the demo holds it in memory, in both processes together
     * @param availableBytes what all of them may take
     * @throws UnusableFileException if it is missing, unreadable, empty, no regular file, or too big for two JVMs
     */
    static Segments read(Path file, int copies, long availableBytes) throws IOException {
        long byteSize = usableSize(file);
        if (byteSize > availableBytes / copies) {
            throw tooBig(file, byteSize, copies, availableBytes);
        }
        Segments segments;
        try {
            segments = Segments.allocate(byteSize);
        } catch (OutOfMemoryError e) {
            throw tooBig(file, byteSize, copies, availableBytes);
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (ByteBuffer buffer : segments.buffers()) {
                while (buffer.hasRemaining()) {
                    if (channel.read(buffer) < 0) {
                        throw new UnusableFileException(
                                file + " became shorter while it was read: give a file that nobody writes");
                    }
                }
            }
        }
        return segments;
    }

    private static long usableSize(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new UnusableFileException("there is no " + file + ": give the path of a file");
        }
        if (!Files.isRegularFile(file)) {
            String kind = Files.isDirectory(file) ? " is a directory" : " is not a regular file";
            throw new UnusableFileException(file + kind + ": give a regular file");
        }
        if (!Files.isReadable(file)) {
            throw new UnusableFileException(file + " may not be read by this user: give a readable file");
        }
        long byteSize = Files.size(file);
        if (byteSize == 0) {
            throw new UnusableFileException(file + " is empty: give a file of at least one byte");
        }
        return byteSize;
    }

    private static UnusableFileException tooBig(Path file, long byteSize, int copies, long availableBytes) {
        return new UnusableFileException(file + " has " + byteSize + " bytes, of which the demo holds " + copies
                + " copies in memory, and " + availableBytes + " bytes are available: give a smaller file");
    }
}
