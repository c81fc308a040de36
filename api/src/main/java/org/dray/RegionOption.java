package org.dray;

/** Choices when memory is registered or allocated. */
public enum RegionOption {
    /**
     * Exactly one copy through the token succeeds in starting; every later or concurrent one answers
     * {@link CopyStatus#TOKEN_STALE}. A copy that starts consumes the region even if it then fails; a copy of zero
     * bytes does not. The owner's own copies do not count. Needs {@link Capability#SINGLE_USE}.
     */
    SINGLE_USE
}
