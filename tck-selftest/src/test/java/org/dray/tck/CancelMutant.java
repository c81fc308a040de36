package org.dray.tck;

import static org.dray.tck.Rule.ASYNC_11;
import static org.dray.tck.Rule.ASYNC_23;
import static org.dray.tck.Rule.ASYNC_32;
import static org.dray.tck.Rule.CANCEL_01;
import static org.dray.tck.Rule.CANCEL_02;
import static org.dray.tck.Rule.CANCEL_03;
import static org.dray.tck.Rule.CANCEL_04;
import static org.dray.tck.Rule.CANCEL_05;
import static org.dray.tck.Rule.CANCEL_06;
import static org.dray.tck.Rule.CANCEL_07;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.dray.ChannelOptions;
import org.dray.CopyChannel;
import org.dray.CopyEngine;
import org.dray.MemoryRegion;

/** Defects of cancelling. */
enum CancelMutant implements ChannelMutant {
    NOTHING_IS_EVER_CANCELLED(ASYNC_23, CANCEL_01) {
        @Override
        public SurfaceChannel channel(SurfaceEngine engine, CopyChannel genuine, ChannelOptions options) {
            return new SurfaceChannel(genuine) {
                @Override
                public CancelResult cancel(long sequence) {
                    return CancelResult.TOO_LATE;
                }
            };
        }
    },
    CANCELLED_IS_WRITTEN_LATER(ASYNC_32, CANCEL_02, CANCEL_04) {
        @Override
        public SurfaceChannel channel(SurfaceEngine engine, CopyChannel genuine, ChannelOptions options) {
            return new SurfaceChannel(genuine) {
                private final Map<Long, Sent> known = new HashMap<>();
                private final Set<Long> cancelled = new HashSet<>();

                @Override
                long send(Sent it) {
                    long sequence = super.send(it);
                    known.put(sequence, it.kept());
                    return sequence;
                }

                @Override
                public CancelResult cancel(long sequence) {
                    CancelResult result = super.cancel(sequence);
                    if (result == CancelResult.CANCELLED) {
                        cancelled.add(sequence);
                    }
                    return result;
                }

                @Override
                void hand(Ended it) {
                    Sent late = known.remove(it.sequence);
                    if (late != null && cancelled.remove(it.sequence)) {
                        late.copy(engine.genuine());
                    }
                    super.hand(it);
                }
            };
        }
    },
    SECOND_CANCEL_SUCCEEDS(CANCEL_03) {
        @Override
        public SurfaceChannel channel(SurfaceEngine engine, CopyChannel genuine, ChannelOptions options) {
            return new SurfaceChannel(genuine) {
                private long last = -1;

                @Override
                public CancelResult cancel(long sequence) {
                    CancelResult result = sequence == last ? CancelResult.CANCELLED : super.cancel(sequence);
                    last = sequence;
                    return result;
                }
            };
        }
    },
    CANCELLED_MAKES_ROOM(CANCEL_05) {
        @Override
        public CopyChannel openChannel(SurfaceEngine engine, ChannelOptions options) {
            if (options.capacity() != 2) {
                return super.openChannel(engine, options);
            }
            return new SurfaceChannel(
                    engine.genuine().openChannel(new ChannelOptions(2 * options.capacity(), options.inOrder()))) {
                private int taken;

                @Override
                long send(Sent it) {
                    long sequence = taken == options.capacity() ? QUEUE_FULL : super.send(it);
                    taken += sequence < 0 ? 0 : 1;
                    return sequence;
                }

                @Override
                public CancelResult cancel(long sequence) {
                    taken--;
                    return super.cancel(sequence);
                }

                @Override
                void hand(Ended it) {
                    taken--;
                    super.hand(it);
                }
            };
        }
    },
    FENCE_IS_ORDER_ONLY(ASYNC_11, CANCEL_06) {
        @Override
        public SurfaceChannel channel(SurfaceEngine engine, CopyChannel genuine, ChannelOptions options) {
            return new SurfaceChannel(genuine) {
                @Override
                long send(Sent it) {
                    it.flags = it.flags == FENCE ? 0 : it.flags;
                    return super.send(it);
                }
            };
        }
    },
    CANCEL_ENDS_THE_FUTURE_ONLY(CANCEL_07) {
        @Override
        public CompletableFuture<Void> copyAsync(
                CopyEngine genuine,
                MemoryRegion source,
                long sourceOffset,
                MemoryRegion destination,
                long destinationOffset,
                long lengthBytes) {
            CompletableFuture<Void> copy =
                    genuine.copyAsync(source, sourceOffset, destination, destinationOffset, lengthBytes);
            return copy.copy();
        }
    };

    private final Set<Rule> broken;

    CancelMutant(Rule... broken) {
        this.broken = Set.of(broken);
    }

    @Override
    public Set<Rule> broken() {
        return broken;
    }
}
