package org.dray.tck;

import static org.dray.tck.Rule.ASYNC_06;
import static org.dray.tck.Rule.ASYNC_34;
import static org.dray.tck.Rule.ERR_07;
import static org.dray.tck.Rule.REG_02;
import static org.dray.tck.Rule.REG_03;
import static org.dray.tck.Rule.REG_04;
import static org.dray.tck.Rule.REG_07;
import static org.dray.tck.Rule.REG_08;
import static org.dray.tck.Rule.REG_09;
import static org.dray.tck.Rule.REG_10;
import static org.dray.tck.Rule.REG_11;
import static org.dray.tck.Rule.REG_15;
import static org.dray.tck.Rule.REG_16;
import static org.dray.tck.Rule.REG_17;
import static org.dray.tck.Rule.REG_19;
import static org.dray.tck.Rule.REG_21;
import static org.dray.tck.Rule.REG_22;
import static org.dray.tck.Rule.REG_25;
import static org.dray.tck.Rule.REG_26;
import static org.dray.tck.Rule.REG_27;
import static org.dray.tck.Rule.REG_32;
import static org.dray.tck.Rule.REG_35;
import static org.dray.tck.Rule.REG_36;
import static org.dray.tck.Rule.REG_37;
import static org.dray.tck.Rule.TOK_13;
import static org.dray.tck.Rule.TOK_17;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.dray.Access;
import org.dray.AddressSpace.Kind;
import org.dray.CopyEngine;
import org.dray.Dray;
import org.dray.MemoryRegion;
import org.dray.RegionOption;

/** Defects of what the core does for regions. */
enum SurfaceRegionMutant implements Mutant {
    RANGE_CHECK_WRAPS(REG_02) {
        @Override
        public void copy(
                SurfaceEngine engine,
                MemoryRegion source,
                long sourceOffset,
                MemoryRegion destination,
                long destinationOffset,
                long lengthBytes) {
            boolean wraps = sourceOffset + lengthBytes < 0 && sourceOffset >= 0 && lengthBytes >= 0;
            if (!wraps) {
                engine.genuine().copy(source, sourceOffset, destination, destinationOffset, lengthBytes);
            }
        }
    },
    READ_ONLY_DESTINATION_IS_IGNORED(REG_03, ASYNC_06, ASYNC_34, ERR_07, TOK_13, TOK_17) {
        @Override
        public void copy(
                SurfaceEngine engine,
                MemoryRegion source,
                long sourceOffset,
                MemoryRegion destination,
                long destinationOffset,
                long lengthBytes) {
            if (destination.access().isWritable()) {
                engine.genuine().copy(source, sourceOffset, destination, destinationOffset, lengthBytes);
            }
        }
    },
    READ_ONLY_BUFFER_IS_QUIETLY_REGISTERED(REG_04) {
        @Override
        public MemoryRegion register(SurfaceEngine engine, ByteBuffer memory, Access access, RegionOption... options) {
            return engine.genuine().register(memory, memory.isReadOnly() ? Access.READ : access, options);
        }
    },
    HEAP_BUFFER_IS_COPIED(REG_07) {
        @Override
        public MemoryRegion wrap(Dray genuine, List<ByteBuffer> segments) {
            return genuine.wrap(segments.stream()
                    .map(it -> it.isDirect() ? it : ByteBuffer.allocateDirect(it.capacity()))
                    .toList());
        }
    },
    EMPTY_BUFFER_IS_GROWN(REG_08) {
        @Override
        public MemoryRegion register(SurfaceEngine engine, ByteBuffer memory, Access access, RegionOption... options) {
            return engine.genuine()
                    .register(memory.hasRemaining() ? memory : ByteBuffer.allocateDirect(1), access, options);
        }
    },
    BUFFER_IS_FORGOTTEN(REG_09) {
        @Override
        public MemoryRegion register(SurfaceEngine engine, ByteBuffer memory, Access access, RegionOption... options) {
            if (access != Access.READ || memory.isReadOnly() || !memory.isDirect() || !memory.hasRemaining()) {
                return engine.genuine().register(memory, access, options);
            }
            long address = RawMemory.addressOf(memory) + memory.position();
            try (MemoryRegion raw = engine.dray().genuine().wrapAddress(address, memory.remaining(), new Object())) {
                return engine.genuine().register(raw, access, options);
            }
        }
    },
    BUFFER_IS_KEPT(REG_10) {
        private static final Deque<ByteBuffer> KEPT = new ArrayDeque<>();

        @Override
        public synchronized MemoryRegion register(
                SurfaceEngine engine, ByteBuffer memory, Access access, RegionOption... options) {
            KEPT.addLast(memory);
            if (KEPT.size() > 2) {
                KEPT.removeFirst();
            }
            return engine.genuine().register(memory, access, options);
        }
    },
    POSITION_AND_LIMIT_ARE_IGNORED(REG_08, REG_11) {
        @Override
        public MemoryRegion register(SurfaceEngine engine, ByteBuffer memory, Access access, RegionOption... options) {
            return engine.genuine().register(memory.duplicate().clear(), access, options);
        }
    },
    REGISTRATIONS_ARE_SHARED(REG_15) {
        private static final Map<ByteBuffer, MemoryRegion> KNOWN = new WeakHashMap<>();

        @Override
        public synchronized MemoryRegion register(
                SurfaceEngine engine, ByteBuffer memory, Access access, RegionOption... options) {
            // Buffers are equal if their contents are: the place of a buffer of REG-15 is enough.
            MemoryRegion known = KNOWN.get(memory);
            if (memory.capacity() == 8192 && known != null && known.isOpen()) {
                return known;
            }
            MemoryRegion region = engine.genuine().register(memory, access, options);
            if (memory.capacity() == 8192) {
                KNOWN.put(memory, region);
            }
            return region;
        }
    },
    SINGLE_USE_IS_DROPPED(REG_16, REG_17) {
        @Override
        public MemoryRegion register(SurfaceEngine engine, ByteBuffer memory, Access access, RegionOption... options) {
            return engine.genuine().register(memory, access);
        }
    },
    ZERO_BYTES_CONSUME(REG_17) {
        @Override
        public void copy(
                SurfaceEngine engine,
                MemoryRegion source,
                long sourceOffset,
                MemoryRegion destination,
                long destinationOffset,
                long lengthBytes) {
            boolean consumes = lengthBytes == 0 && source.kind() == Kind.PEER && singleUse;
            engine.genuine().copy(source, sourceOffset, destination, destinationOffset, consumes ? 1 : lengthBytes);
        }

        private volatile boolean singleUse;

        @Override
        public MemoryRegion attach(SurfaceEngine engine, org.dray.RegionToken token) {
            singleUse = token.singleUse();
            return engine.genuine().attach(token);
        }
    },
    ALLOCATION_IS_ROUNDED_UP(REG_19) {
        @Override
        public MemoryRegion allocate(CopyEngine genuine, long lengthBytes, Access access, RegionOption... options) {
            return genuine.allocate(lengthBytes > 0 ? (lengthBytes + 4095) & -4096 : lengthBytes, access, options);
        }
    },
    MAP_GIVES_A_COPY(REG_21) {
        @Override
        public ByteBuffer map(SurfaceRegion region, long offset, long lengthBytes) {
            ByteBuffer mapped = region.genuine().map(offset, lengthBytes);
            return region.kind() == Kind.LOCAL ? copyOf(mapped) : mapped;
        }
    },
    MAP_OF_A_SPACE_GIVES_A_COPY(REG_37) {
        @Override
        public ByteBuffer map(SurfaceRegion region, long offset, long lengthBytes) {
            ByteBuffer mapped = region.genuine().map(offset, lengthBytes);
            return region.kind() == Kind.PERSISTENT ? copyOf(mapped) : mapped;
        }
    },
    CLOSE_WIPES_MAPPED_BYTES(REG_22) {
        private volatile ByteBuffer last = ByteBuffer.allocateDirect(1);

        @Override
        public ByteBuffer map(SurfaceRegion region, long offset, long lengthBytes) {
            last = region.genuine().map(offset, lengthBytes);
            return last;
        }

        @Override
        public void close(SurfaceRegion region) {
            region.genuine().close();
            last.clear().put(new byte[last.capacity()]);
            last = ByteBuffer.allocateDirect(1);
        }
    },
    SLICE_FORGETS_ITS_OFFSET(REG_25) {
        @Override
        public MemoryRegion slice(MemoryRegion genuine, long offset, long lengthBytes) {
            genuine.slice(offset, lengthBytes);
            return genuine.slice(0, lengthBytes);
        }
    },
    EMPTY_FLUSH_IS_REFUSED(REG_26) {
        @Override
        public void flush(MemoryRegion genuine, long offset, long lengthBytes) {
            genuine.flush(offset, lengthBytes);
            if (lengthBytes == 0) {
                throw new IllegalArgumentException("nothing to flush");
            }
        }
    },
    FLUSH_OF_ANYTHING_IS_FINE(REG_27) {
        @Override
        public void flush(MemoryRegion genuine, long offset, long lengthBytes) {
            if (genuine.kind() == Kind.PERSISTENT) {
                genuine.flush(offset, lengthBytes);
            }
        }
    },
    ADDRESSES_ARE_TRUSTED(REG_32) {
        @Override
        public MemoryRegion wrapAddress(Dray genuine, long address, long lengthBytes, Object keepAlive) {
            try {
                return genuine.wrapAddress(address, lengthBytes, keepAlive);
            } catch (IllegalArgumentException e) {
                return genuine.wrap(ByteBuffer.allocateDirect(64));
            }
        }
    },
    WRAPPED_MEMORY_HAS_AN_ENGINE(REG_35) {
        @Override
        public CopyEngine engineOf(SurfaceRegion region) {
            return region.dray().engine(MutantProvider.ID);
        }
    },
    WRAPPED_MEMORY_IS_NARROWED(REG_36) {
        @Override
        public MemoryRegion register(CopyEngine genuine, MemoryRegion memory, Access access, RegionOption... options) {
            return genuine.register(memory, memory.access().covers(access) ? access : memory.access(), options);
        }
    };

    private final Set<Rule> broken;

    private static ByteBuffer copyOf(ByteBuffer mapped) {
        return ByteBuffer.allocateDirect(mapped.capacity())
                .order(mapped.order())
                .put(mapped)
                .clear();
    }

    SurfaceRegionMutant(Rule... broken) {
        this.broken = Set.of(broken);
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
