package org.dray.backend.knem;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.dray.Access;
import org.dray.Dray;
import org.dray.Exported;
import org.dray.RegionOption;

/** Memory that another process copies from and into, while a thread registers and closes other memory beside it. */
final class Owned implements AutoCloseable {
    static final int BYTES = 1 << 25;

    /** What the readable bytes contain. */
    static final ByteBuffer PATTERN = pattern();

    private static final int CHANGING_BYTES = 1 << 16;
    private static final long LIMIT_MILLIS = TimeUnit.SECONDS.toMillis(60);

    private final ByteBuffer scratch = ByteBuffer.allocateDirect(BYTES);
    private final Exported patternExport;
    private final Exported scratchExport;
    private final Thread changer;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean ends;

    /**
     * Exports.
     *
     * @param changes how many other regions come and go
     */
    Owned(Dray dray, int changes) {
        patternExport = dray.export(PATTERN, Access.READ);
        scratchExport = dray.export(scratch, Access.READ_WRITE);
        changer = new Thread(() -> change(dray, changes), "registers and closes");
        changer.setDaemon(true);
        changer.start();
    }

    private static ByteBuffer pattern() {
        ByteBuffer pattern = ByteBuffer.allocateDirect(BYTES);
        for (int i = 0; i < BYTES; i += Long.BYTES) {
            pattern.putLong(i, patternAt(i));
        }
        return pattern;
    }

    private static long patternAt(int offset) {
        return (offset + 1) * 0x9e3779b97f4a7c15L;
    }

    private void change(Dray dray, int changes) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(CHANGING_BYTES);
        RegionOption[] singleUse = {RegionOption.SINGLE_USE};
        try {
            for (int i = 0; i < changes && !ends; i++) {
                dray.export(buffer, Access.READ_WRITE, i % 4 == 0 ? singleUse : new RegionOption[0])
                        .close();
            }
        } catch (RuntimeException | Error e) {
            failure.set(e);
        }
    }

    /** What the other process has to be told. */
    String offer() {
        HexFormat hex = HexFormat.of();
        return hex.formatHex(patternExport.tokens().toBytes()) + " "
                + hex.formatHex(scratchExport.tokens().toBytes());
    }

    /** The bytes that others write to. */
    ByteBuffer scratch() {
        return scratch;
    }

    static boolean isPatternIntact() {
        for (int i = 0; i < BYTES; i += Long.BYTES) {
            if (PATTERN.getLong(i) != patternAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Takes the memory back. */
    @Override
    public void close() {
        try (patternExport;
                scratchExport) {
            ends = true;
        }
        try {
            changer.join(LIMIT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (changer.isAlive() || failure.get() != null) {
            throw new AssertionError(changer.getName() + ": has not ended, or failed", failure.get());
        }
    }
}
