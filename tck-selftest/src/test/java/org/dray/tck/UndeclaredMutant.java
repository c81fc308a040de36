package org.dray.tck;

import static org.dray.AddressSpace.Kind.DEVICE;
import static org.dray.AddressSpace.Kind.LOCAL;
import static org.dray.AddressSpace.Kind.PEER;
import static org.dray.AddressSpace.Kind.PERSISTENT;
import static org.dray.tck.Rule.COPY_06;
import static org.dray.tck.Rule.COPY_17;
import static org.dray.tck.Rule.REG_06;
import static org.dray.tck.Rule.REG_13;
import static org.dray.tck.Rule.REG_18;
import static org.dray.tck.Rule.REG_20;
import static org.dray.tck.Rule.REG_23;
import static org.dray.tck.Rule.REG_29;
import static org.dray.tck.Rule.REG_30;
import static org.dray.tck.Rule.REG_33;
import static org.dray.tck.Rule.TOK_12;
import static org.dray.tck.Rule.TOK_15;

import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.dray.Access;
import org.dray.AddressSpace;
import org.dray.Capability;
import org.dray.CopyEngine;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.EngineInfo;
import org.dray.MemoryRegion;

/** Engines that can do more than they say: what is not declared must be refused. */
enum UndeclaredMutant implements Mutant {
    KINDS_OF_MEMORY_ARE_NOT_DECLARED(
            it -> Infos.without(
                    it,
                    Capability.READ_ONLY_MEMORY,
                    Capability.SEGMENTS,
                    Capability.SINGLE_USE,
                    Capability.ALLOCATE,
                    Capability.RAW_ADDRESS),
            REG_06,
            REG_13,
            REG_18,
            REG_20,
            REG_33),
    MAP_IS_NOT_DECLARED(it -> Infos.without(it, Capability.MAP), REG_23),
    SPACES_ARE_NOT_DECLARED(
            it -> Infos.withoutKind(
                    Infos.withoutKind(it, DEVICE, Capability.DEVICE_SPACE), PERSISTENT, Capability.PERSISTENT_SPACE),
            REG_29,
            REG_30) {
        @Override
        public MemoryRegion region(
                CopyEngine genuine, AddressSpace space, long offset, long lengthBytes, Access access) {
            AddressSpace own = genuine.info().spaces().stream()
                    .filter(it -> it.kind() == space.kind())
                    .findFirst()
                    .orElseThrow();
            return genuine.region(own, offset, lengthBytes, access);
        }
    },
    SHARING_IS_NOT_DECLARED(it -> Infos.withoutKind(it, PEER, Capability.SHARE, Capability.THIRD_PARTY), TOK_15),
    THIRD_PARTIES_ARE_NOT_DECLARED(
            it -> Infos.without(
                    Infos.withoutRoutes(
                            it, r -> r.route().source() == PEER && r.route().destination() == PEER),
                    Capability.THIRD_PARTY),
            COPY_17),
    A_ROUTE_IS_NOT_DECLARED(
            it -> Infos.withoutRoutes(
                    it, r -> r.route().source() == LOCAL && r.route().destination() == LOCAL),
            COPY_06),
    EXEC_IS_NOT_DETECTED_AND_HANGS(it -> Infos.without(it, Capability.EXEC_DETECTION), TOK_12) {
        @Override
        public void copy(
                SurfaceEngine engine,
                MemoryRegion source,
                long sourceOffset,
                MemoryRegion destination,
                long destinationOffset,
                long lengthBytes) {
            try {
                engine.genuine().copy(source, sourceOffset, destination, destinationOffset, lengthBytes);
            } catch (CopyException e) {
                if (e.status() == CopyStatus.PEER_REPLACED || e.status() == CopyStatus.TIMEOUT) {
                    Defect.linger(Duration.ofSeconds(11));
                }
                throw e;
            }
        }
    };

    private final UnaryOperator<EngineInfo> info;
    private final Set<Rule> broken;

    UndeclaredMutant(UnaryOperator<EngineInfo> info, Rule... broken) {
        this.info = info;
        this.broken = Set.of(broken);
    }

    @Override
    public EngineInfo info(EngineInfo genuine) {
        return info.apply(genuine);
    }

    @Override
    public Set<Rule> broken() {
        return broken;
    }

    @Override
    public Layer layer() {
        return Layer.SURFACE;
    }
}
