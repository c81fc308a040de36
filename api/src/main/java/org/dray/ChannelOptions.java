package org.dray;

/**
 * How a {@link CopyChannel} behaves.
 *
 * @param capacity operations that may be accepted and not yet polled; at least 1
 * @param inOrder true if completions are handed over in the order of submission, whatever ends first
 */
public record ChannelOptions(int capacity, boolean inOrder) {
    /** Checks the components. */
    public ChannelOptions {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity " + capacity + " is below 1");
        }
    }
}
