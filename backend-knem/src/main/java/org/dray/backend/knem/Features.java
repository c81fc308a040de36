package org.dray.backend.knem;

import java.util.List;
import java.util.Locale;
import org.dray.CopyStatus;
import org.dray.linux.Descriptors;
import org.dray.linux.Errno;
import org.dray.linux.LinuxException;
import org.dray.linux.Memory;
import org.dray.spi.BackendException;

/**
 * What the driver here can do. Flags that it does not know, or was told to ignore, it drops without a word: only this
 * says beforehand what they will do.
 *
 * @param ignoredFlags flags that the administrator switched off
 * @param forcedFlags flags that every call gets
 * @param hasDma whether there is a DMA engine
 * @param hasThread whether copies can be left to the driver's thread, and their end be seen
 * @param hasNotification whether the descriptor becomes readable when a queued copy ends
 */
record Features(int ignoredFlags, int forcedFlags, boolean hasDma, boolean hasThread, boolean hasNotification) {

    /** Asks an open device. */
    static Features of(KnemContext context) throws BackendException {
        try (Request request = new Request()) {
            int result = request.info(context.fd());
            if (result < 0) {
                throw Errors.refused("the request for the driver's version", -result);
            }
            if (request.abi() != Abi.VERSION) {
                String message = "the driver's ABI is 0x" + Integer.toHexString(request.abi()) + ", not 0x"
                        + Integer.toHexString(Abi.VERSION);
                throw new BackendException(CopyStatus.UNAVAILABLE, 0, message, List.of());
            }
            int ignored = request.ignoredFlags();
            return new Features(
                    ignored,
                    request.forcedFlags() & ~ignored,
                    (request.features() & Abi.FEATURE_DMA) != 0 && (ignored & Abi.FLAG_DMA) == 0,
                    isX86() && (ignored & Abi.FLAG_COPY_THREAD) == 0,
                    (ignored & (Abi.FLAG_NOTIFY | Abi.FLAG_COPY_THREAD)) == 0 && hasNotification(context));
        }
    }

    /** The driver stores the status after the data, but only x86-64 keeps that order for other processors. */
    private static boolean isX86() {
        return System.getProperty("os.arch").toLowerCase(Locale.ROOT).matches("amd64|x86_64");
    }

    /**
     * A driver with notifications has none to read, and says so; an older one has its statistics. Never asked without a
     * status array: the driver prepares the queue with it.
     */
    private static boolean hasNotification(KnemContext context) {
        long word = Memory.allocate(Integer.BYTES, Long.BYTES);
        try {
            return Descriptors.tryRead(context.eventsFd(), word, Integer.BYTES) == -Errno.EAGAIN;
        } finally {
            Memory.free(word);
        }
    }

    /** Opens the device for a moment. */
    static Features ask(Settings settings) throws BackendException {
        try (KnemContext context = KnemContext.withArray(settings.device())) {
            return of(context);
        } catch (LinuxException e) {
            throw Errors.refused(e);
        }
    }

    /** Every copy may be queued, also one that nobody asked to. */
    boolean forcesQueue() {
        return (forcedFlags & Abi.ANY_ASYNC) != 0;
    }

    boolean forcesSingleUse() {
        return (forcedFlags & Abi.FLAG_SINGLE_USE) != 0;
    }

    boolean forcesAnyUser() {
        return (forcedFlags & Abi.FLAG_ANY_USER) != 0;
    }
}
