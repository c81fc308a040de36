package org.dray;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What an engine can do on this machine: immutable data, read at open.
 *
 * @param engineId the backend's id
 * @param backendVersion version of the backend's artifact
 * @param machineKind what stands behind the engine
 * @param capabilities what it can do; everything else is refused
 * @param routes the routes it has, at most one for each pair of kinds
 * @param spaces its address spaces; always contains LOCAL, and PEER where {@link Capability#SHARE} is declared
 */
public record EngineInfo(
        String engineId,
        String backendVersion,
        MachineKind machineKind,
        Set<Capability> capabilities,
        List<RouteInfo> routes,
        List<AddressSpace> spaces) {

    /** Checks the components. */
    public EngineInfo {
        Objects.requireNonNull(engineId, "engineId");
        Objects.requireNonNull(backendVersion, "backendVersion");
        Objects.requireNonNull(machineKind, "machineKind");
        if (machineKind == MachineKind.UNKNOWN) {
            throw new IllegalArgumentException("an engine knows what stands behind it: REAL, EMULATED or SIMULATED");
        }
        capabilities = Set.copyOf(capabilities);
        routes = List.copyOf(routes);
        spaces = List.copyOf(spaces);
    }

    /**
     * Tells whether a capability is declared.
     *
     * @param capability the capability in question
     * @return true if declared
     */
    public boolean has(Capability capability) {
        return capabilities.contains(capability);
    }

    /**
     * Finds the route between two kinds of spaces.
     *
     * @param source where bytes come from
     * @param destination where they go
     * @return the route, or empty if this engine has none
     */
    public Optional<RouteInfo> route(AddressSpace.Kind source, AddressSpace.Kind destination) {
        return routes.stream()
                .filter(r -> r.route().source() == source && r.route().destination() == destination)
                .findFirst();
    }

    /**
     * The spaces of one kind.
     *
     * @param kind the kind
     * @return the spaces in the backend's order, possibly none
     */
    public List<AddressSpace> spaces(AddressSpace.Kind kind) {
        return spaces.stream().filter(space -> space.kind() == kind).toList();
    }
}
