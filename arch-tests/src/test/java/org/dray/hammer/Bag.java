package org.dray.hammer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** A few things that many threads put in and take out by chance. */
final class Bag<T> {
    private final List<T> things = new ArrayList<>();
    private final int capacity;

    Bag(int capacity) {
        this.capacity = capacity;
    }

    /** Puts one in; a full bag gives out another one for it. */
    synchronized Optional<T> put(T thing, SplittableRandom random) {
        if (things.size() < capacity) {
            things.add(thing);
            return Optional.empty();
        }
        return Optional.of(things.set(random.nextInt(capacity), thing));
    }

    synchronized Optional<T> look(SplittableRandom random) {
        return things.isEmpty() ? Optional.empty() : Optional.of(things.get(random.nextInt(things.size())));
    }

    synchronized Optional<T> take(SplittableRandom random) {
        if (things.isEmpty()) {
            return Optional.empty();
        }
        int index = random.nextInt(things.size());
        T last = things.remove(things.size() - 1);
        return Optional.of(index == things.size() ? last : things.set(index, last));
    }

    synchronized List<T> takeAll() {
        List<T> all = List.copyOf(things);
        things.clear();
        return all;
    }

    synchronized boolean isFull() {
        return things.size() == capacity;
    }

    synchronized void remove(T thing) {
        things.remove(thing);
    }
}
