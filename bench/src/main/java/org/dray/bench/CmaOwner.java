package org.dray.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.dray.Access;
import org.dray.Dray;
import org.dray.DrayOptions;
import org.dray.MemoryRegion;
import org.dray.linux.Memory;

/** The second JVM of {@link CmaOverhead}: it owns memory and waits. */
final class CmaOwner {
    private CmaOwner() {}

    /** Prints where the memory is, and ends with its input. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        int lengthBytes = Integer.parseInt(arguments[1]);
        try (Dray dray = Dray.load(DrayOptions.builder()
                        .require("cma")
                        .directory(directory)
                        .build());
                MemoryRegion region = dray.engine("cma").allocate(lengthBytes, Access.READ_WRITE)) {
            ByteBuffer memory = region.map(0, lengthBytes);
            memory.put(new byte[lengthBytes]);
            System.out.println(new Address(
                    dray.self().pid(),
                    Memory.address(memory),
                    aliveFile(directory, dray.self().instance()),
                    HexFormat.of().formatHex(region.token().toBytes())));
            while (System.in.read() >= 0) {
                // nobody says anything
            }
        }
    }

    private static Path aliveFile(Path directory, long instance) throws IOException {
        String name = String.format("%016x.alive", instance);
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.endsWith(name)).findFirst().orElseThrow();
        }
    }

    /** What a copy needs, with and without Dray. */
    record Address(int pid, long address, Path aliveFile, String token) {
        static Address parse(String line) {
            String[] fields = line.split(" ", 4);
            return new Address(Integer.parseInt(fields[0]), Long.parseLong(fields[1]), Path.of(fields[3]), fields[2]);
        }

        @Override
        public String toString() {
            return pid + " " + address + " " + token + " " + aliveFile;
        }
    }
}
