package org.dray.tck;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dray.linux.LinuxLibrary;
import org.dray.linux.Signals;

/**
 * What this process does on signals: whether it catches or ignores each, and, where {@code org.dray.linux} can tell, by
 * which handler. Real-time signals are left out, because the JDK takes one when a channel is first opened.
 */
record SignalTable(Map<String, Long> masks, Map<Integer, Long> handlers) {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final List<String> MASKS = List.of("SigIgn", "SigCgt");
    private static final int LAST = 31;

    /** Without the handlers: reading those needs a native library, which a later comparison may be about. */
    static SignalTable masksNow() {
        Map<String, Long> masks = new TreeMap<>();
        try {
            for (String line : Files.isReadable(STATUS) ? Files.readAllLines(STATUS) : List.<String>of()) {
                int colon = line.indexOf(':');
                if (colon > 0 && MASKS.contains(line.substring(0, colon))) {
                    long mask = Long.parseUnsignedLong(line.substring(colon + 1).strip(), 16);
                    masks.put(line.substring(0, colon), mask & ((1L << LAST) - 1));
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + STATUS, e);
        }
        return new SignalTable(masks, Map.of());
    }

    /** The same masks, and the handlers of now if there were none yet. */
    SignalTable withHandlers() {
        return handlers.isEmpty() ? new SignalTable(masks, handlersNow()) : this;
    }

    /** What is different now; empty if nothing. */
    String changes() {
        List<String> changes = new ArrayList<>();
        masksNow().masks.forEach((name, mask) -> {
            if (!mask.equals(masks.get(name))) {
                changes.add(name + " is " + Long.toHexString(mask) + " instead of "
                        + Long.toHexString(masks.getOrDefault(name, 0L)));
            }
        });
        Map<Integer, Long> now = handlersNow();
        handlers.forEach((signal, handler) -> {
            if (!handler.equals(now.get(signal))) {
                changes.add("signal " + signal + " has another handler");
            }
        });
        return String.join(", ", changes);
    }

    private static Map<Integer, Long> handlersNow() {
        Map<Integer, Long> handlers = new TreeMap<>();
        if (LinuxLibrary.unavailabilityCause().isEmpty()) {
            for (int signal = 1; signal <= LAST; signal++) {
                handlers.put(signal, Signals.handlerAddress(signal));
            }
        }
        return handlers;
    }
}
