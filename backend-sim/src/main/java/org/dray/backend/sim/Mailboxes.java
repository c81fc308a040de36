package org.dray.backend.sim;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The file through which peers ask an owner's {@link Device} for bytes, mapped by both sides: {@link #COUNT} mailboxes,
 * each with a few words and a window for the data.
 *
 * <p>A peer takes a mailbox by writing its claim, posts a request, and frees the mailbox after the answer:
 *
 * <pre>
 * IDLE --post--> POSTED --serve--> SERVED --answer--> ANSWERED --free--> IDLE
 *        (peer)    |      (device)    |     (device)             (peer)
 *                  +--withdraw--> IDLE +--abandon--> ABANDONED --answer--> IDLE
 *                      (peer)               (peer)              (device)
 * </pre>
 *
 * <p>A peer that gives up either withdraws a request that the device has not seen, which will never be served, or
 * leaves the mailbox to the device, which frees it after the last byte. Words are read once and checked by the reader:
 * whatever else stands in them can delay or fail copies, nothing more.
 *
 * <p>Layout, in native byte order: format (8), closed (8), then from {@link #FIRST_BOX} on {@link #BOX_BYTES} for each
 * mailbox: claim, state, slot and generation, offset, length and direction, result (8 each); windows from
 * {@link #FIRST_WINDOW} on.
 */
final class Mailboxes {
    /** As many copies reach one owner at a time; further ones wait. */
    static final int COUNT = 16;

    /** The most that one request moves. */
    static final int WINDOW_BYTES = 256 * 1024;

    /** Result of a request for a region that is not there any more. */
    static final long STALE = -1;

    /** Result of a request that the owner does not grant: its range or its direction. */
    static final long REFUSED = -2;

    /** Result of a request during which the owner's JVM found that memory had gone. */
    static final long FAILED = -3;

    private static final long FORMAT = 0x6d62_7864_7961_0001L;

    private static final int CLOSED = 8;
    private static final int FIRST_BOX = 128;
    private static final int BOX_BYTES = 128;
    private static final int STATE = 8;
    private static final int NAME = 16;
    private static final int OFFSET = 24;
    private static final int EXTENT = 32;
    private static final int RESULT = 40;
    private static final int FIRST_WINDOW = 4096;
    static final long FILE_BYTES = FIRST_WINDOW + (long) COUNT * WINDOW_BYTES;

    private static final long IDLE = 0;
    private static final long POSTED = 1;
    private static final long SERVED = 2;
    private static final long ANSWERED = 3;
    private static final long ABANDONED = 4;

    private static final VarHandle WORD = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder())
            .withInvokeExactBehavior();

    private final ByteBuffer words;
    private final ByteBuffer[] windows = new ByteBuffer[COUNT];

    private Mailboxes(MappedByteBuffer file) {
        words = file.slice(0, FIRST_WINDOW);
        for (int box = 0; box < COUNT; box++) {
            windows[box] = file.slice(FIRST_WINDOW + box * WINDOW_BYTES, WINDOW_BYTES);
        }
    }

    /** Makes the owner's side. */
    static Mailboxes create(Path file) throws IOException {
        Mailboxes mailboxes = new Mailboxes(MappedFile.mapPart(file, MappedFile.CREATED, 0, FILE_BYTES));
        mailboxes.set(0, FORMAT);
        return mailboxes;
    }

    /** Makes a peer's side. */
    static Mailboxes open(Path file) throws IOException {
        long byteSize = Files.size(file);
        if (byteSize != FILE_BYTES) {
            throw new IOException("%s has %d bytes, expected %d".formatted(file, byteSize, FILE_BYTES));
        }
        Mailboxes mailboxes = new Mailboxes(MappedFile.mapPart(file, MappedFile.EXISTING, 0, FILE_BYTES));
        long format = mailboxes.get(0);
        if (format != FORMAT) {
            throw new IOException("%s has format %016x, this backend knows %016x".formatted(file, format, FORMAT));
        }
        return mailboxes;
    }

    ByteBuffer window(int box) {
        return windows[box];
    }

    // ---- the peer's side

    /** Takes a free mailbox. Acquires what the last holder released in {@link #free}. */
    boolean claim(int box, long claim) {
        return compareAndSet(at(box), 0, claim);
    }

    /** Asks the device; the release lets it see the request and the window, see {@link #serve}. */
    void post(int box, int slot, int generation, long offsetBytes, int lengthBytes, boolean write) {
        set(at(box) + NAME, pair(slot, generation));
        set(at(box) + OFFSET, offsetBytes);
        set(at(box) + EXTENT, pair(lengthBytes, write ? 1 : 0));
        set(at(box) + STATE, POSTED);
    }

    /** Tells whether there is an answer; acquires what the device released in {@link #answer}. */
    boolean isAnswered(int box) {
        return get(at(box) + STATE) == ANSWERED;
    }

    /** Number of bytes that moved, or one of the negative constants. */
    long result(int box) {
        return get(at(box) + RESULT);
    }

    /** Takes a request back that the device has not begun to serve. */
    boolean withdraw(int box) {
        return compareAndSet(at(box) + STATE, POSTED, IDLE);
    }

    /** Leaves a mailbox that the device is using to the device; false if it has answered meanwhile. */
    boolean abandon(int box) {
        return compareAndSet(at(box) + STATE, SERVED, ABANDONED);
    }

    /** Gives a mailbox back, from either side; the release lets the next holder see it idle. */
    void free(int box) {
        set(at(box) + STATE, IDLE);
        set(at(box), 0);
    }

    /** Tells whether the owner has closed its engine. */
    boolean isClosed() {
        return get(CLOSED) != 0;
    }

    // ---- the device's side

    /** Takes a request; acquires what the peer released in {@link #post}. */
    boolean serve(int box) {
        return get(at(box) + STATE) == POSTED && compareAndSet(at(box) + STATE, POSTED, SERVED);
    }

    int slot(int box) {
        return (int) (get(at(box) + NAME) >>> Integer.SIZE);
    }

    int generation(int box) {
        return (int) get(at(box) + NAME);
    }

    long offsetBytes(int box) {
        return get(at(box) + OFFSET);
    }

    int lengthBytes(int box) {
        return (int) (get(at(box) + EXTENT) >>> Integer.SIZE);
    }

    boolean isWrite(int box) {
        return (int) get(at(box) + EXTENT) != 0;
    }

    /** Answers; the release lets the peer see result and window, see {@link #isAnswered}. */
    void answer(int box, long result) {
        set(at(box) + RESULT, result);
        if (!compareAndSet(at(box) + STATE, SERVED, ANSWERED)) {
            free(box);
        }
    }

    /** Answers whatever was taken and not answered. */
    void failServed() {
        for (int box = 0; box < COUNT; box++) {
            long state = get(at(box) + STATE);
            if (state == SERVED || state == ABANDONED) {
                answer(box, FAILED);
            }
        }
    }

    /** Who holds a mailbox, or 0. */
    long claim(int box) {
        return get(at(box));
    }

    /** Tells every peer that nobody answers any more. */
    void close() {
        set(CLOSED, 1);
    }

    private static int at(int box) {
        return FIRST_BOX + box * BOX_BYTES;
    }

    private static long pair(int high, int low) {
        return (long) high << Integer.SIZE | Integer.toUnsignedLong(low);
    }

    private long get(int index) {
        return (long) WORD.getAcquire(words, index);
    }

    private void set(int index, long value) {
        WORD.setRelease(words, index, value);
    }

    private boolean compareAndSet(int index, long expected, long value) {
        return WORD.compareAndSet(words, index, expected, value);
    }
}
