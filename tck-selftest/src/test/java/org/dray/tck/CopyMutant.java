package org.dray.tck;

import static org.dray.tck.Rule.COPY_10;
import static org.dray.tck.Rule.COPY_20;

import java.util.Set;
import org.dray.Access;
import org.dray.spi.BackendException;
import org.dray.spi.CopyContext;
import org.dray.spi.CopyDriver;
import org.dray.spi.DriverRegion;
import org.dray.spi.LocalMemory;

/** Defects of a backend's copies. */
enum CopyMutant implements Mutant {
    SEVEN_SEGMENTS_ARE_SWAPPED(COPY_10) {
        @Override
        public DriverRegion register(CopyDriver genuine, LocalMemory memory, Access access, int call)
                throws BackendException {
            return genuine.register(memory.segmentCount() == 7 ? RegionMutant.swapped(memory) : memory, access);
        }
    },
    STEPS_BEHIND_FOUR_MEBIBYTES_LOSE_A_BYTE(COPY_20) {
        @Override
        public long copy(
                CopyDriver genuine,
                CopyContext context,
                DriverRegion source,
                long sourceOffset,
                DriverRegion destination,
                long destinationOffset,
                long lengthBytes) {
            boolean late = sourceOffset >= 4 << 20 && sourceOffset < 8 << 20 && lengthBytes > 1000;
            long moved = genuine.copy(
                    context,
                    source,
                    sourceOffset,
                    destination,
                    destinationOffset,
                    late ? lengthBytes - 1 : lengthBytes);
            return late ? lengthBytes : moved;
        }
    };

    private final Set<Rule> broken;

    CopyMutant(Rule... broken) {
        this.broken = Set.of(broken);
    }

    @Override
    public Set<Rule> broken() {
        return broken;
    }

    @Override
    public Layer layer() {
        return Layer.BACKEND;
    }
}
