package org.dray.backend.sim;

import static org.dray.AddressSpace.Kind.DEVICE;
import static org.dray.AddressSpace.Kind.LOCAL;
import static org.dray.AddressSpace.Kind.PEER;
import static org.dray.AddressSpace.Kind.PERSISTENT;
import static org.dray.Capability.ALLOCATE;
import static org.dray.Capability.DEVICE_SPACE;
import static org.dray.Capability.EXEC_DETECTION;
import static org.dray.Capability.MAP;
import static org.dray.Capability.PERSISTENT_SPACE;
import static org.dray.Capability.RAW_ADDRESS;
import static org.dray.Capability.READ_ONLY_MEMORY;
import static org.dray.Capability.SEGMENTS;
import static org.dray.Capability.SHARE;
import static org.dray.Capability.SINGLE_USE;
import static org.dray.Capability.THIRD_PARTY;
import static org.dray.RouteInfo.Overlap.MEMMOVE;
import static org.dray.RouteInfo.Overlap.REJECT;
import static org.dray.RouteInfo.PartialReporting.EXACT;
import static org.dray.RouteInfo.PartialReporting.NONE;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.dray.AddressSpace.Kind;
import org.dray.Capability;

/**
 * Whose limits the simulator wears. A backend that works on a machine with the device is developed where there is none;
 * and each rule of the test kit meets an engine to which it applies and one to which it does not.
 */
@SuppressWarnings("ImmutableEnumChecker") // Limits copies its collections
enum Personality {
    /** Everything: every route, every capability of synchronous copies. */
    FULL(
            new Limits(Mailboxes.WINDOW_BYTES, 1, 1024, MEMMOVE, EXACT, 32, false),
            EnumSet.allOf(Capability.class),
            Way.allPairs()),

    /** {@code process_vm_readv} and its counterpart: between this process and another. */
    CMA(
            new Limits(1 << 30, 1, Integer.MAX_VALUE, REJECT, EXACT, 0, true),
            EnumSet.of(SHARE, ALLOCATE, MAP, SEGMENTS, SINGLE_USE, READ_ONLY_MEMORY, RAW_ADDRESS, EXEC_DETECTION),
            List.of(new Way(PEER, LOCAL), new Way(LOCAL, PEER))),

    /** {@code /dev/knem}: also between two others; does not say how far a copy came. */
    KNEM(
            new Limits(16 << 20, 1, 1024, REJECT, NONE, 64, true),
            EnumSet.of(SHARE, SEGMENTS, SINGLE_USE, READ_ONLY_MEMORY, RAW_ADDRESS, EXEC_DETECTION, THIRD_PARTY),
            List.of(new Way(PEER, LOCAL), new Way(LOCAL, PEER), new Way(PEER, PEER))),

    /** {@code /dev/mic/ctrl}: a board, in whole pages, to and from own memory. */
    MICMEM(
            new Limits(256 << 20, 4096, 1, REJECT, NONE, 0, true),
            EnumSet.of(DEVICE_SPACE),
            List.of(new Way(LOCAL, DEVICE), new Way(DEVICE, LOCAL))),

    /** {@code /dev/ioat-dma}: inside one persistent device, which can be mapped. */
    IOAT(
            new Limits(64 << 20, 1, 1, REJECT, NONE, 16, true),
            EnumSet.of(PERSISTENT_SPACE, MAP),
            List.of(new Way(PERSISTENT, PERSISTENT))),

    /** No device that exists: copies whole pages inside the own memory, a few at a time, and nothing else. */
    STRICT(
            new Limits(16 * 4096, 4096, 1, REJECT, NONE, 2, false),
            EnumSet.noneOf(Capability.class),
            List.of(new Way(LOCAL, LOCAL))),

    /** No device that exists: reads other processes, and cannot write. */
    READER(
            new Limits(48 * 1024, 64, 40, REJECT, EXACT, 0, true),
            EnumSet.of(SHARE, SEGMENTS, ALLOCATE),
            List.of(new Way(PEER, LOCAL))),

    /** No device that exists: writes other processes, and cannot read. */
    WRITER(
            new Limits(1 << 20, 8, 1, REJECT, NONE, 4, false),
            EnumSet.of(SHARE, READ_ONLY_MEMORY, SINGLE_USE),
            List.of(new Way(LOCAL, PEER)));

    private final Limits limits;
    private final Set<Capability> capabilities;
    private final List<Way> ways;

    Personality(Limits limits, Set<Capability> capabilities, List<Way> ways) {
        this.limits = limits;
        this.capabilities = Set.copyOf(capabilities);
        this.ways = ways;
    }

    /** From where to where a copy can go. */
    record Way(Kind source, Kind destination) {
        static List<Way> allPairs() {
            return Arrays.stream(Kind.values())
                    .flatMap(from -> Arrays.stream(Kind.values()).map(to -> new Way(from, to)))
                    .toList();
        }
    }

    Limits limits() {
        return limits;
    }

    Set<Capability> capabilities() {
        return capabilities;
    }

    List<Way> ways() {
        return ways;
    }

    /** The name in the property. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
