package org.dray.backend.knem;

/**
 * Names of operations, first in, first out. One thread at a time changes it; the first name may be read beside that.
 */
final class NameQueue {
    static final int NONE = -1;

    private final int[] names;
    private int head;
    private int count;
    private volatile int first = NONE;

    NameQueue(int capacity) {
        this.names = new int[capacity];
    }

    /** The oldest name, or {@link #NONE}. */
    int first() {
        return first;
    }

    void add(int name) {
        names[(head + count) % names.length] = name;
        count++;
        first = names[head];
    }

    void removeFirst() {
        head = (head + 1) % names.length;
        count--;
        first = count == 0 ? NONE : names[head];
    }

    boolean contains(int name) {
        for (int i = 0; i < count; i++) {
            if (names[(head + i) % names.length] == name) {
                return true;
            }
        }
        return false;
    }
}
