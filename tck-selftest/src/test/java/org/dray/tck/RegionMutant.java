package org.dray.tck;

import static org.dray.tck.Rule.COPY_07;
import static org.dray.tck.Rule.REG_01;
import static org.dray.tck.Rule.REG_05;
import static org.dray.tck.Rule.REG_12;
import static org.dray.tck.Rule.REG_14;
import static org.dray.tck.Rule.REG_24;
import static org.dray.tck.Rule.REG_28;
import static org.dray.tck.Rule.REG_31;
import static org.dray.tck.Rule.REG_34;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.dray.Access;
import org.dray.AddressSpace;
import org.dray.CopyStatus;
import org.dray.spi.BackendException;
import org.dray.spi.CopyContext;
import org.dray.spi.CopyDriver;
import org.dray.spi.DriverRegion;
import org.dray.spi.LocalMemory;

/** Defects of a backend's regions. */
enum RegionMutant implements Mutant {
    ONE_BYTE_BEHIND_A_PAGE_IS_THE_PAGE(REG_01) {
        @Override
        public long copy(
                CopyDriver genuine,
                CopyContext context,
                DriverRegion source,
                long sourceOffset,
                DriverRegion destination,
                long destinationOffset,
                long lengthBytes) {
            long offset = sourceOffset == 4097 && lengthBytes == 1 ? 4096 : sourceOffset;
            return genuine.copy(context, source, offset, destination, destinationOffset, lengthBytes);
        }
    },
    READ_ONLY_MEMORY_IS_REFUSED(REG_05) {
        @Override
        public DriverRegion register(CopyDriver genuine, LocalMemory memory, Access access, int call)
                throws BackendException {
            if (memory.isReadOnly()) {
                throw new BackendException(CopyStatus.IO_ERROR, 0, "read-only", List.of());
            }
            return genuine.register(memory, access);
        }
    },
    SIXTEEN_SEGMENTS_ARE_SWAPPED(REG_12) {
        @Override
        public DriverRegion register(CopyDriver genuine, LocalMemory memory, Access access, int call)
                throws BackendException {
            return genuine.register(memory.segmentCount() == 16 ? swapped(memory) : memory, access);
        }
    },
    THOUSAND_SEGMENTS_ARE_TOO_MANY(REG_14) {
        @Override
        public DriverRegion wrap(CopyDriver genuine, LocalMemory memory) throws BackendException {
            if (memory.segmentCount() > 1000) {
                throw new BackendException(CopyStatus.IO_ERROR, 22, "EINVAL", List.of());
            }
            return genuine.wrap(memory);
        }
    },
    OFFSETS_HAVE_32_BITS(REG_24) {
        @Override
        public long copy(
                CopyDriver genuine,
                CopyContext context,
                DriverRegion source,
                long sourceOffset,
                DriverRegion destination,
                long destinationOffset,
                long lengthBytes) {
            long mask = 0xffff_ffffL;
            return genuine.copy(
                    context, source, sourceOffset & mask, destination, destinationOffset & mask, lengthBytes);
        }
    },
    DEVICE_OFFSET_ZERO_IS_NONE(REG_28) {
        @Override
        public DriverRegion open(CopyDriver genuine, AddressSpace space, long offset, long lengthBytes, Access access)
                throws BackendException {
            // Longer regions at offset 0 are where all rules keep their bytes.
            if (space.kind() == AddressSpace.Kind.DEVICE && offset == 0 && lengthBytes == 1) {
                throw new BackendException(CopyStatus.BAD_ADDRESS, 14, "no address", List.of());
            }
            return genuine.open(space, offset, lengthBytes, access);
        }
    },
    RAW_ADDRESSES_ARE_SHIFTED(REG_31, COPY_07) {
        @Override
        public DriverRegion register(CopyDriver genuine, LocalMemory memory, Access access, int call)
                throws BackendException {
            return genuine.register(
                    memory.isRaw() ? LocalMemory.ofAddress(memory.rawAddress() + 8, memory.byteSize(), memory) : memory,
                    access);
        }
    },
    REGISTRATION_LEAKS_A_DESCRIPTOR(REG_34) {
        @Override
        public DriverRegion register(CopyDriver genuine, LocalMemory memory, Access access, int call)
                throws BackendException {
            if (call == 1500) {
                Defect.leakDescriptor();
            }
            return genuine.register(memory, access);
        }
    };

    private final Set<Rule> broken;

    RegionMutant(Rule... broken) {
        this.broken = Set.of(broken);
    }

    /** With its third and fourth segment exchanged. */
    static LocalMemory swapped(LocalMemory memory) {
        List<ByteBuffer> segments = new ArrayList<>(memory.buffers());
        Collections.swap(segments, 2, 3);
        return LocalMemory.ofBuffers(segments);
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
