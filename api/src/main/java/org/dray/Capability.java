package org.dray;

/**
 * What an engine may or may not be able to do. A declared capability works; an undeclared one is refused with
 * {@link UnsupportedOperationException} and changes no byte. Both directions are certified.
 */
public enum Capability {
    /** {@code register} and {@code allocate} give regions with a token, and {@code attach} takes such tokens. */
    SHARE,
    /** {@link CopyEngine#allocate} makes memory. */
    ALLOCATE,
    /** {@link MemoryRegion#map} works on allocated regions and on regions of a mappable space. */
    MAP,
    /** A region may consist of more than one segment. */
    SEGMENTS,
    /** A region may be registered {@link RegionOption#SINGLE_USE}. */
    SINGLE_USE,
    /** Read-only buffers may be registered for READ. */
    READ_ONLY_MEMORY,
    /** Memory made by {@link Dray#wrapAddress} may be copied and registered. */
    RAW_ADDRESS,
    /** There is at least one {@link AddressSpace.Kind#DEVICE} space. */
    DEVICE_SPACE,
    /** There is at least one {@link AddressSpace.Kind#PERSISTENT} space, and {@link MemoryRegion#flush} works on it. */
    PERSISTENT_SPACE,
    /** Copies between two regions of other processes. */
    THIRD_PARTY,
    /** A token of an owner that replaced its program by exec is recognised before a copy answers OK. */
    EXEC_DETECTION
}
