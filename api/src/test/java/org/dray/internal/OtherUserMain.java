package org.dray.internal;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.dray.Access;
import org.dray.CopyException;
import org.dray.DrayOptions;
import org.dray.MemoryRegion;
import org.dray.PeerId;
import org.dray.RegionToken;
import org.dray.spi.BackendProvider;
import org.dray.toy.FileBackend;

/** What the JVM of {@link OtherUser} runs. It has the classes of this module, and no libraries. */
final class OtherUserMain {
    static final int REGION_BYTES = 10_000;

    private OtherUserMain() {}

    private record Entry(FileBackend get) implements ServiceLoader.Provider<BackendProvider> {
        @Override
        public Class<? extends BackendProvider> type() {
            return get.getClass();
        }
    }

    static byte[] pattern(int seed) {
        byte[] bytes = new byte[REGION_BYTES];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (31 * i + seed + (i >> 8));
        }
        return bytes;
    }

    static DrayCore load(Path drays, FileBackend backend) {
        return DrayCore.load(
                DrayOptions.builder()
                        .directory(drays)
                        .closeTimeoutNanos(TimeUnit.MILLISECONDS.toNanos(100))
                        .build(),
                List.<ServiceLoader.Provider<BackendProvider>>of(new Entry(backend))
                        .iterator());
    }

    /** What the other JVM does. */
    public static void main(String[] arguments) throws Exception {
        FileBackend backend = new FileBackend();
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        try (DrayCore dray = load(Path.of(arguments[0]), backend)) {
            Desk desk = new Desk(dray, backend);
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                String[] words = line.split(" ", 2);
                byte[] operand = HexFormat.of().parseHex(words.length < 2 ? "" : words[1]);
                System.out.println(desk.answer(words[0], operand));
            }
        }
    }

    /** The commands. */
    private static final class Desk {
        private final DrayCore dray;
        private final FileBackend backend;
        private final ByteBuffer near = ByteBuffer.allocateDirect(REGION_BYTES);
        private MemoryRegion shared;
        private MemoryRegion far;

        Desk(DrayCore dray, FileBackend backend) {
            this.dray = dray;
            this.backend = backend;
            MemoryRegion none = dray.wrap(near);
            this.shared = none;
            this.far = none;
        }

        String answer(String command, byte[] operand) throws Exception {
            switch (command) {
                case "self":
                    return HexFormat.of().formatHex(dray.self().toBytes());
                case "admit":
                    dray.admit(PeerId.parse(operand));
                    break;
                case "share":
                    shared = dray.engine(FileBackend.ID).allocate(REGION_BYTES, Access.READ_WRITE);
                    return HexFormat.of().formatHex(shared.token().toBytes());
                case "fill":
                    shared.map(0, REGION_BYTES).put(0, pattern(3));
                    break;
                case "show":
                    byte[] bytes = new byte[REGION_BYTES];
                    shared.map(0, REGION_BYTES).get(0, bytes);
                    return HexFormat.of().formatHex(bytes);
                case "attach":
                    return attach(RegionToken.parse(operand));
                case "increment":
                    increment();
                    break;
                case "stick":
                    stick();
                    break;
                case "release":
                    return status(shared::close);
                case "close":
                    dray.close();
                    break;
                default:
                    throw new IllegalArgumentException(command);
            }
            return "done";
        }

        private static String status(Runnable step) {
            try {
                step.run();
                return "done";
            } catch (CopyException e) {
                return e.status().toString();
            }
        }

        private String attach(RegionToken token) {
            try {
                far = dray.engine(FileBackend.ID).attach(token);
                return "done";
            } catch (CopyException e) {
                return e.status() + " "
                        + (e.findings().isEmpty()
                                ? "none " + e.getMessage()
                                : e.findings().get(0).check() + " "
                                        + e.findings().get(0).remedy());
            }
        }

        /** Reads all bytes, adds one to each, and writes them back. */
        private void increment() {
            try (MemoryRegion local = dray.wrap(near)) {
                far.engine().copy(far, 0, local, 0, REGION_BYTES);
                for (int i = 0; i < REGION_BYTES; i++) {
                    near.put(i, (byte) (near.get(i) + 1));
                }
                far.engine().copy(local, 0, far, 0, REGION_BYTES);
            }
        }

        /** Begins a copy that does not end. */
        private void stick() throws InterruptedException {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch never = new CountDownLatch(1);
            backend.beforeCopy = () -> {
                begun.countDown();
                try {
                    never.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            };
            Thread copying = new Thread(this::increment);
            copying.setDaemon(true);
            copying.start();
            begun.await();
        }
    }
}
