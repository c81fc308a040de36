package org.dray.tck;

import static org.dray.tck.Rule.COPY_01;
import static org.dray.tck.Rule.COPY_02;
import static org.dray.tck.Rule.COPY_03;
import static org.dray.tck.Rule.COPY_04;
import static org.dray.tck.Rule.COPY_05;
import static org.dray.tck.Rule.COPY_07;
import static org.dray.tck.Rule.COPY_08;
import static org.dray.tck.Rule.COPY_11;
import static org.dray.tck.Rule.COPY_12;
import static org.dray.tck.Rule.COPY_13;
import static org.dray.tck.Rule.COPY_14;
import static org.dray.tck.Rule.COPY_15;
import static org.dray.tck.Rule.COPY_16;
import static org.dray.tck.Rule.COPY_18;
import static org.dray.tck.Rule.COPY_19;
import static org.dray.tck.Rule.REG_02;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.dray.Access;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.EngineInfo;
import org.dray.MemoryRegion;
import org.dray.RegionOption;
import org.dray.RouteInfo;
import org.dray.RouteInfo.Overlap;

/** Defects of what users see of copies. */
enum SurfaceCopyMutant implements Mutant {
    ZERO_BYTES_ARE_NOT_CHECKED(COPY_01, REG_02) {
        @Override
        public void copy(Copy it) {
            if (it.lengthBytes() != 0) {
                it.run();
            }
        }
    },
    FAR_OFFSETS_LOSE_A_BYTE(COPY_02) {
        @Override
        public void copy(Copy it) {
            boolean far = it.sourceOffset() > 100_000 && it.sourceOffset() < 1 << 17 && it.lengthBytes() > 0;
            it.run(far ? it.lengthBytes() - 1 : it.lengthBytes());
        }
    },
    ONE_BYTE_MORE_THAN_A_MEBIBYTE_IS_LOST(COPY_03) {
        @Override
        public void copy(Copy it) {
            it.run(Math.min(it.lengthBytes(), it.lengthBytes() == (1 << 20) + 1 ? 1 << 20 : Long.MAX_VALUE));
        }
    },
    LONG_READS_LOSE_A_BYTE(COPY_04) {
        @Override
        public void copy(Copy it) {
            it.run(it.lengthBytes() == PeerCopyRules.READ_BYTES ? it.lengthBytes() - 1 : it.lengthBytes());
        }
    },
    LONG_WRITES_LOSE_A_BYTE(COPY_05) {
        @Override
        public void copy(Copy it) {
            it.run(it.lengthBytes() == PeerCopyRules.WRITTEN_BYTES ? it.lengthBytes() - 1 : it.lengthBytes());
        }
    },
    SHORT_TRANSFER_IS_SUCCESS(COPY_07) {
        @Override
        public void copy(Copy it) {
            try {
                it.run();
            } catch (CopyException e) {
                if (e.status() != CopyStatus.BAD_REMOTE_ADDRESS) {
                    throw e;
                }
            }
        }
    },
    THE_OTHER_SIDE_IS_BLAMED(COPY_08) {
        @Override
        public void copy(Copy it) {
            try {
                it.run();
            } catch (CopyException e) {
                throw e.status() == CopyStatus.BAD_LOCAL_ADDRESS ? Defect.with(CopyStatus.BAD_REMOTE_ADDRESS, e) : e;
            }
        }
    },
    OVERLAP_IS_COPIED_FORWARDS(COPY_11) {
        @Override
        public void copy(Copy it) {
            long shift = it.destinationOffset() - it.sourceOffset();
            boolean overlaps = it.source() == it.destination() && shift > 0 && shift < it.lengthBytes();
            if (!overlaps) {
                it.run();
            }
            for (long done = 0; overlaps && done < it.lengthBytes(); done += shift) {
                it.engine()
                        .genuine()
                        .copy(
                                it.source(),
                                it.sourceOffset() + done,
                                it.destination(),
                                it.destinationOffset() + done,
                                Math.min(shift, it.lengthBytes() - done));
            }
        }
    },
    OVERLAP_IS_NOT_REJECTED(COPY_11) {
        @Override
        public EngineInfo info(EngineInfo genuine) {
            return Infos.withRoutes(
                    genuine,
                    genuine.routes().stream()
                            .map(it -> route(it, it.alignmentBytes(), Overlap.REJECT))
                            .toList());
        }
    },
    ALIGNMENT_IS_NOT_KEPT(COPY_12) {
        @Override
        public EngineInfo info(EngineInfo genuine) {
            return Infos.withRoutes(
                    genuine,
                    genuine.routes().stream()
                            .map(it -> route(it, 8, it.overlap()))
                            .toList());
        }
    },
    COPY_RETURNS_BEFORE_ITS_BYTES(COPY_13) {
        @Override
        public void copy(Copy it) {
            if (it.lengthBytes() == CopyRules.VISIBLE_BYTES) {
                Copy kept = it.kept();
                late = late.thenRunAsync(() -> {
                    Defect.linger(Duration.ofMillis(1));
                    Race.outcome(kept::run);
                });
            } else {
                it.run();
            }
        }

        private volatile CompletableFuture<Void> late = CompletableFuture.completedFuture(null);

        @Override
        public void closeDray(SurfaceDray dray) {
            late.join();
            dray.genuine().close();
        }
    },
    BYTES_ARE_TAKEN_AT_REGISTRATION(COPY_14) {
        @Override
        public MemoryRegion register(SurfaceEngine engine, ByteBuffer memory, Access access, RegionOption... options) {
            boolean snapshot = access == Access.READ && memory.remaining() == CopyRules.STORED_BYTES;
            return engine.genuine()
                    .register(
                            snapshot
                                    ? ByteBuffer.allocateDirect(memory.remaining())
                                            .put(memory)
                                            .flip()
                                    : memory,
                            access,
                            options);
        }
    },
    EVERY_COPY_LEAVES_GARBAGE(COPY_15) {
        private volatile byte[] garbage = new byte[0];

        @Override
        public void copy(Copy it) {
            garbage = new byte[64 + garbage.length % 2];
            it.run();
        }
    },
    THIRD_PARTY_LOSES_A_BYTE(COPY_16) {
        @Override
        public void copy(Copy it) {
            boolean third = it.lengthBytes() == PeerCopyRules.THIRD_PARTY_BYTES;
            it.run(third ? it.lengthBytes() - 1 : it.lengthBytes());
        }
    },
    FOREIGN_REGIONS_ARE_IGNORED(COPY_18) {
        @Override
        public void copy(Copy it) {
            if (isOwn(it, it.source()) && isOwn(it, it.destination())) {
                it.run();
            }
        }

        private boolean isOwn(Copy it, MemoryRegion region) {
            return !region.isOpen()
                    || isWrapped(region)
                    || region.engine() == it.engine().genuine();
        }
    },
    SCRATCH_MEMORY_IS_SHARED(COPY_19) {
        private final AtomicInteger users = new AtomicInteger();

        @Override
        public void copy(Copy it) {
            if (it.lengthBytes() != 20_000) {
                it.run();
                return;
            }
            boolean first = users.getAndIncrement() == 0;
            try {
                // Long enough for another thread to come.
                Defect.linger(Duration.ofNanos(50_000));
                it.run(first ? it.lengthBytes() : it.lengthBytes() - 1);
            } finally {
                users.decrementAndGet();
            }
        }
    };

    private final Set<Rule> broken;

    SurfaceCopyMutant(Rule... broken) {
        this.broken = Set.of(broken);
    }

    private static boolean isWrapped(MemoryRegion region) {
        try {
            return region.engine() == null;
        } catch (UnsupportedOperationException e) {
            return true;
        }
    }

    private static RouteInfo route(RouteInfo it, long alignmentBytes, Overlap overlap) {
        return new RouteInfo(
                it.route(),
                it.maxTransferBytes(),
                alignmentBytes,
                it.maxSegments(),
                overlap,
                it.partialReporting(),
                it.emulated(),
                it.cost());
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
