package org.dray.cli.demo;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Two named pipes, one for each direction. */
final class Fifos {
    private Fifos() {}

    static StreamListener listen(Path directory) throws IOException {
        Path requests = directory.resolve("requests");
        Path bytes = directory.resolve("bytes");
        make(requests, bytes);
        // A pipe opens only when both ends are there, unless one side opens both: nobody waits for a peer that is gone.
        return new FifoListener(
                directory, FileChannel.open(requests, READ, WRITE), FileChannel.open(bytes, READ, WRITE));
    }

    static StreamConnection connect(String directory) throws IOException {
        FileChannel out = FileChannel.open(Path.of(directory, "requests"), WRITE);
        return new StreamConnection(FileChannel.open(Path.of(directory, "bytes"), READ), out, "");
    }

    /** Java cannot make one. */
    private static void make(Path... paths) throws IOException {
        for (Path path : paths) {
            Process mkfifo = new ProcessBuilder("mkfifo", "-m", "600", path.toString())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(mkfifo.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            try {
                if (mkfifo.waitFor() != 0) {
                    throw new IOException("mkfifo failed: " + output.strip());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while mkfifo ran", e);
            }
        }
    }

    private record FifoListener(Path directory, FileChannel requests, FileChannel bytes) implements StreamListener {
        @Override
        public String address() {
            return directory.toString();
        }

        @Override
        public StreamConnection accept(String peerAddress) throws IOException {
            FileChannel in = FileChannel.open(directory.resolve("requests"), READ);
            StreamConnection connection =
                    new StreamConnection(in, FileChannel.open(directory.resolve("bytes"), WRITE), "");
            close(); // from now on the end of either side is seen by the other
            return connection;
        }

        @Override
        public void close() throws IOException {
            try (requests) {
                bytes.close();
            }
        }
    }
}
