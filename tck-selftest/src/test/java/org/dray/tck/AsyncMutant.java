package org.dray.tck;

import static org.dray.tck.Rule.ASYNC_01;
import static org.dray.tck.Rule.ASYNC_02;
import static org.dray.tck.Rule.ASYNC_03;
import static org.dray.tck.Rule.ASYNC_04;
import static org.dray.tck.Rule.ASYNC_05;
import static org.dray.tck.Rule.ASYNC_06;
import static org.dray.tck.Rule.ASYNC_07;
import static org.dray.tck.Rule.ASYNC_08;
import static org.dray.tck.Rule.ASYNC_09;
import static org.dray.tck.Rule.ASYNC_10;
import static org.dray.tck.Rule.ASYNC_11;
import static org.dray.tck.Rule.ASYNC_12;
import static org.dray.tck.Rule.ASYNC_13;
import static org.dray.tck.Rule.ASYNC_14;
import static org.dray.tck.Rule.ASYNC_19;
import static org.dray.tck.Rule.ASYNC_21;
import static org.dray.tck.Rule.ASYNC_25;
import static org.dray.tck.Rule.ASYNC_26;
import static org.dray.tck.Rule.ASYNC_27;
import static org.dray.tck.Rule.ASYNC_28;
import static org.dray.tck.Rule.CANCEL_01;
import static org.dray.tck.Rule.CANCEL_05;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.dray.ChannelOptions;
import org.dray.CompletionHandler;
import org.dray.CopyChannel;
import org.dray.CopyStatus;
import org.dray.Dray;
import org.dray.MemoryRegion;
import org.jspecify.annotations.Nullable;

/** Defects of submits and completions, and of what becomes of them. */
enum AsyncMutant implements ChannelMutant {
    COMPLETED_TWICE_WHEN_FULL(ASYNC_01, ASYNC_04, CANCEL_05) {
        @Override
        public SurfaceChannel channel(SurfaceEngine engine, CopyChannel genuine, ChannelOptions options) {
            return new SurfaceChannel(genuine) {
                private boolean wasFull;

                @Override
                long send(Sent it) {
                    long sequence = super.send(it);
                    wasFull |= sequence == QUEUE_FULL;
                    return sequence;
                }

                @Override
                void hand(Ended it) {
                    super.hand(it);
                    if (wasFull) {
                        wasFull = false;
                        super.hand(it);
                    }
                }
            };
        }
    },
    TAGS_HAVE_32_BITS(ASYNC_02) {
        @Override
        public SurfaceChannel channel(SurfaceEngine engine, CopyChannel genuine, ChannelOptions options) {
            return new SurfaceChannel(genuine) {
                @Override
                long send(Sent it) {
                    it.tag &= 0xffff_ffffL;
                    return super.send(it);
                }
            };
        }
    },
    SEQUENCE_IS_THE_PLACE(ASYNC_01, ASYNC_03, ASYNC_13, ASYNC_19, CANCEL_01) {
        @Override
        public SurfaceChannel channel(SurfaceEngine engine, CopyChannel genuine, ChannelOptions options) {
            return new SurfaceChannel(genuine) {
                @Override
                long send(Sent it) {
                    long sequence = super.send(it);
                    return sequence < 0 ? sequence : sequence % options.capacity();
                }

                @Override
                void hand(Ended it) {
                    it.sequence %= options.capacity();
                    super.hand(it);
                }
            };
        }
    },
    ROOM_FOR_ONE_MORE(ASYNC_04, CANCEL_05) {
        @Override
        public CopyChannel openChannel(SurfaceEngine engine, ChannelOptions options) {
            return super.openChannel(engine, new ChannelOptions(options.capacity() + 1, options.inOrder()));
        }
    },
    LONG_OPERATIONS_LOSE_A_BYTE(ASYNC_05) {
        @Override
        public SurfaceChannel channel(SurfaceEngine engine, CopyChannel genuine, ChannelOptions options) {
            return new SurfaceChannel(genuine) {
                @Override
                long send(Sent it) {
                    it.bytes -= it.bytes > 4 << 20 ? 1 : 0;
                    return super.send(it);
                }
            };
        }
    },
    MISTAKES_ARE_COMPLETED(ASYNC_06, ASYNC_07) {
        @Override
        public SurfaceChannel channel(SurfaceEngine engine, CopyChannel genuine, ChannelOptions options) {
            return new SurfaceChannel(genuine) {
                @Override
                long send(Sent it) {
                    try {
                        return super.send(it);
                    } catch (IndexOutOfBoundsException e) {
                        it.from = 0;
                        it.to = 0;
                        it.bytes = 0;
                        return super.send(it);
                    }
                }
            };
        }
    },
    NOTHING_IS_NOT_COMPLETED(ASYNC_07) {
        @Override
        public SurfaceChannel channel(SurfaceEngine engine, CopyChannel genuine, ChannelOptions options) {
            return new SurfaceChannel(genuine) {
                @Override
                void hand(Ended it) {
                    if (it.status != CopyStatus.OK || it.bytes != 0) {
                        super.hand(it);
                    }
                }
            };
        }
    },
    LIMIT_ZERO_IS_NONE(ASYNC_08) {
        @Override
        public SurfaceChannel channel(SurfaceEngine engine, CopyChannel genuine, ChannelOptions options) {
            return new SurfaceChannel(genuine) {
                @Override
                public int poll(CompletionHandler handler, int limit) {
                    return super.poll(handler, limit == 0 ? Tally.MANY : limit);
                }
            };
        }
    },
    LONG_OPERATIONS_COME_LATE(ASYNC_09) {
        @Override
        public SurfaceChannel channel(SurfaceEngine engine, CopyChannel genuine, ChannelOptions options) {
            return new SurfaceChannel(genuine) {
                private @Nullable Ended late;

                private int outstanding;

                @Override
                long send(Sent it) {
                    long sequence = super.send(it);
                    outstanding += sequence < 0 ? 0 : 1;
                    return sequence;
                }

                @Override
                void hand(Ended it) {
                    outstanding--;
                    boolean isLong = options.inOrder() && it.bytes == AsyncOrderRules.LARGE_BYTES;
                    if (isLong && late == null && outstanding > 0) {
                        late = it.kept();
                        return;
                    }
                    super.hand(it);
                    if (late != null) {
                        super.hand(late);
                        late = null;
                    }
                }
            };
        }
    },
    FENCE_IS_FORGOTTEN(ASYNC_10) {
        @Override
        public int queueDepth() {
            return DeviceQueue.DEPTH;
        }

        @Override
        public SurfaceChannel channel(SurfaceEngine engine, CopyChannel genuine, ChannelOptions options) {
            return new SurfaceChannel(genuine) {
                @Override
                long send(Sent it) {
                    it.flags &= it.bytes == AsyncOrderRules.LARGE_BYTES ? ~FENCE : ~0;
                    return super.send(it);
                }
            };
        }
    },
    ONE_FAILURE_IS_ALL(ASYNC_11, ASYNC_12) {
        @Override
        public SurfaceChannel channel(SurfaceEngine engine, CopyChannel genuine, ChannelOptions options) {
            return new SurfaceChannel(genuine) {
                private boolean hasFailed;

                @Override
                void hand(Ended it) {
                    hasFailed |= it.status == CopyStatus.TOKEN_STALE;
                    if (hasFailed && it.status == CopyStatus.OK) {
                        it.status = CopyStatus.IO_ERROR;
                    }
                    super.hand(it);
                }
            };
        }
    },
    DEATH_IS_AN_ERROR(ASYNC_13) {
        @Override
        public SurfaceChannel channel(SurfaceEngine engine, CopyChannel genuine, ChannelOptions options) {
            return new SurfaceChannel(genuine) {
                @Override
                void hand(Ended it) {
                    it.status = it.status == CopyStatus.PEER_GONE ? CopyStatus.IO_ERROR : it.status;
                    super.hand(it);
                }
            };
        }
    },
    STALE_IS_AN_ERROR(ASYNC_11, ASYNC_12, ASYNC_14) {
        @Override
        public SurfaceChannel channel(SurfaceEngine engine, CopyChannel genuine, ChannelOptions options) {
            return new SurfaceChannel(genuine) {
                @Override
                void hand(Ended it) {
                    it.status = it.status == CopyStatus.TOKEN_STALE ? CopyStatus.IO_ERROR : it.status;
                    super.hand(it);
                }
            };
        }
    },
    MEMORY_IS_NOT_KEPT(ASYNC_25) {
        @Override
        public MemoryRegion wrap(Dray genuine, List<ByteBuffer> segments) {
            ByteBuffer first = segments.get(0);
            return first.capacity() == AsyncCloseRules.KEPT_BYTES
                    ? genuine.wrapAddress(RawMemory.addressOf(first), first.capacity(), this)
                    : genuine.wrap(segments);
        }
    },
    MEMORY_IS_KEPT_FOR_EVER(ASYNC_25) {
        @Override
        public SurfaceChannel channel(SurfaceEngine engine, CopyChannel genuine, ChannelOptions options) {
            return new SurfaceChannel(genuine) {
                private final List<Sent> all = new ArrayList<>();

                @Override
                long send(Sent it) {
                    if (it.bytes == AsyncCloseRules.KEPT_BYTES) {
                        all.add(it.kept());
                    }
                    return super.send(it);
                }
            };
        }
    },
    CLOSED_CHANNEL_IS_FULL(ASYNC_21, ASYNC_26, ASYNC_28) {
        @Override
        public SurfaceChannel channel(SurfaceEngine engine, CopyChannel genuine, ChannelOptions options) {
            return new SurfaceChannel(genuine) {
                @Override
                long send(Sent it) {
                    return Math.max(QUEUE_FULL, super.send(it));
                }
            };
        }
    },
    REGION_CLOSES_LATER(ASYNC_27) {
        @Override
        public void close(SurfaceRegion region) {
            if (region.byteSize() == AsyncCloseRules.WATCHED_BYTES) {
                CloseMutant.inBackground(region.genuine(), Duration.ofMillis(50));
            } else {
                region.genuine().close();
            }
        }
    },
    CLOSED_DRAY_IS_AN_EXCEPTION(ASYNC_28) {
        @Override
        public SurfaceChannel channel(SurfaceEngine engine, CopyChannel genuine, ChannelOptions options) {
            return new SurfaceChannel(genuine) {
                private boolean isClosedItself;

                @Override
                long send(Sent it) {
                    long sequence = super.send(it);
                    if (sequence == CHANNEL_CLOSED && !isClosedItself) {
                        throw new IllegalStateException("the engine is closed");
                    }
                    return sequence;
                }

                @Override
                public void close() {
                    isClosedItself = true;
                    super.close();
                }
            };
        }
    };

    private final Set<Rule> broken;

    AsyncMutant(Rule... broken) {
        this.broken = Set.of(broken);
    }

    @Override
    public Set<Rule> broken() {
        return broken;
    }
}
