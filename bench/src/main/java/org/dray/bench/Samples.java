package org.dray.bench;

import java.util.Arrays;

/** Nanoseconds per copy, one number for each round. */
final class Samples {
    private final double[] nanos;
    private int count;

    Samples(int rounds) {
        this.nanos = new double[rounds];
    }

    void add(double nanosPerCopy) {
        nanos[count] = nanosPerCopy;
        count++;
    }

    double median() {
        return median(Arrays.copyOf(nanos, count));
    }

    /** Median of what each round took more than the other's same round: what disturbs a round disturbs both. */
    double medianMoreThan(Samples other) {
        double[] differences = new double[count];
        for (int i = 0; i < count; i++) {
            differences[i] = nanos[i] - other.nanos[i];
        }
        return median(differences);
    }

    static double median(double[] values) {
        Arrays.sort(values);
        return (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
    }
}
