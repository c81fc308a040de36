package org.dray.internal;

/** A queue of a few small numbers. Never grows, never allocates. Not thread-safe. */
final class IntRing {
    private final int[] numbers;
    private int head;
    private int size;

    IntRing(int capacity) {
        this.numbers = new int[capacity];
    }

    /** A ring that holds 0, 1, 2 up to its capacity. */
    static IntRing full(int capacity) {
        IntRing ring = new IntRing(capacity);
        for (int i = 0; i < capacity; i++) {
            ring.add(i);
        }
        return ring;
    }

    boolean isEmpty() {
        return size == 0;
    }

    boolean isFull() {
        return size == numbers.length;
    }

    void add(int number) {
        numbers[at(size)] = number;
        size++;
    }

    void addFirst(int number) {
        head = at(numbers.length - 1);
        numbers[head] = number;
        size++;
    }

    int first() {
        return numbers[head];
    }

    int removeFirst() {
        int number = numbers[head];
        head = at(1);
        size--;
        return number;
    }

    /** Takes a number out of the middle; the others keep their order. */
    void remove(int number) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            int other = numbers[at(i)];
            if (other != number) {
                numbers[at(kept)] = other;
                kept++;
            }
        }
        size = kept;
    }

    private int at(int position) {
        int index = head + position;
        return index < numbers.length ? index : index - numbers.length;
    }
}
