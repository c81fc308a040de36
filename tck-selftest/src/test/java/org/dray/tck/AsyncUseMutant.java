package org.dray.tck;

import static org.dray.tck.Rule.ASYNC_15;
import static org.dray.tck.Rule.ASYNC_16;
import static org.dray.tck.Rule.ASYNC_17;
import static org.dray.tck.Rule.ASYNC_18;
import static org.dray.tck.Rule.ASYNC_19;
import static org.dray.tck.Rule.ASYNC_20;
import static org.dray.tck.Rule.ASYNC_21;
import static org.dray.tck.Rule.ASYNC_22;
import static org.dray.tck.Rule.ASYNC_23;
import static org.dray.tck.Rule.ASYNC_24;
import static org.dray.tck.Rule.ASYNC_29;
import static org.dray.tck.Rule.ASYNC_30;
import static org.dray.tck.Rule.ASYNC_31;
import static org.dray.tck.Rule.ASYNC_32;
import static org.dray.tck.Rule.ASYNC_38;
import static org.dray.tck.Rule.ASYNC_39;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Set;
import org.dray.ChannelOptions;
import org.dray.CompletionHandler;
import org.dray.CopyChannel;
import org.jspecify.annotations.Nullable;

/** Defects of waiting, of handlers, and of many channels and threads. */
enum AsyncUseMutant implements ChannelMutant {
    NEGATIVE_TIME_IS_AN_ANSWER(ASYNC_15) {
        @Override
        public SurfaceChannel channel(SurfaceEngine engine, CopyChannel genuine, ChannelOptions options) {
            return new SurfaceChannel(genuine) {
                @Override
                public boolean await(long timeoutNanos) throws InterruptedException {
                    return timeoutNanos < 0 || super.await(timeoutNanos);
                }
            };
        }
    },
    TIMEOUT_CANCELS(ASYNC_16) {
        @Override
        public SurfaceChannel channel(SurfaceEngine engine, CopyChannel genuine, ChannelOptions options) {
            return new SurfaceChannel(genuine) {
                private long last;

                @Override
                long send(Sent it) {
                    last = super.send(it);
                    return last;
                }

                @Override
                public boolean await(long timeoutNanos) throws InterruptedException {
                    boolean hasEnded = super.await(timeoutNanos);
                    if (!hasEnded && timeoutNanos == 1) {
                        super.cancel(last);
                    }
                    return hasEnded;
                }
            };
        }
    },
    AWAIT_SPINS(ASYNC_17) {
        @Override
        public SurfaceChannel channel(SurfaceEngine engine, CopyChannel genuine, ChannelOptions options) {
            return new SurfaceChannel(genuine) {
                @Override
                public boolean await(long timeoutNanos) throws InterruptedException {
                    if (timeoutNanos != AsyncWaitRules.SLEEP_NANOS) {
                        return super.await(timeoutNanos);
                    }
                    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
                    long end = threads.getCurrentThreadCpuTime() + timeoutNanos;
                    boolean hasEnded = super.await(0);
                    while (!hasEnded && threads.getCurrentThreadCpuTime() < end) {
                        hasEnded = super.await(0);
                    }
                    return hasEnded;
                }
            };
        }
    },
    INTERRUPT_IS_AN_ANSWER(ASYNC_18) {
        @Override
        public SurfaceChannel channel(SurfaceEngine engine, CopyChannel genuine, ChannelOptions options) {
            return new SurfaceChannel(genuine) {
                @Override
                public boolean await(long timeoutNanos) {
                    try {
                        return super.await(timeoutNanos);
                    } catch (InterruptedException e) {
                        return false;
                    }
                }
            };
        }
    },
    POLL_INSIDE_A_HANDLER_DROPS(ASYNC_19) {
        @Override
        public SurfaceChannel channel(SurfaceEngine engine, CopyChannel genuine, ChannelOptions options) {
            return new SurfaceChannel(genuine) {
                private int depth;

                @Override
                public int poll(CompletionHandler handler, int limit) {
                    depth++;
                    try {
                        return super.poll(handler, limit);
                    } finally {
                        depth--;
                    }
                }

                @Override
                void hand(Ended it) {
                    if (depth == 1) {
                        super.hand(it);
                    }
                }
            };
        }
    },
    EXCEPTION_OF_A_HANDLER_IS_SWALLOWED(ASYNC_20) {
        @Override
        public SurfaceChannel channel(SurfaceEngine engine, CopyChannel genuine, ChannelOptions options) {
            return new SurfaceChannel(genuine) {
                private int swallowed;

                @Override
                void hand(Ended it) {
                    try {
                        super.hand(it);
                    } catch (IllegalStateException e) {
                        swallowed++;
                    }
                }
            };
        }
    },
    HANDLER_CANNOT_CLOSE(ASYNC_21) {
        @Override
        public SurfaceChannel channel(SurfaceEngine engine, CopyChannel genuine, ChannelOptions options) {
            return new SurfaceChannel(genuine) {
                private boolean isHanding;

                @Override
                void hand(Ended it) {
                    isHanding = true;
                    try {
                        super.hand(it);
                    } finally {
                        isHanding = false;
                    }
                }

                @Override
                public void close() {
                    if (isHanding) {
                        throw new IllegalStateException("a handler is running");
                    }
                    super.close();
                }
            };
        }
    },
    HANDLERS_RUN_ELSEWHERE(ASYNC_22) {
        @Override
        public SurfaceChannel channel(SurfaceEngine engine, CopyChannel genuine, ChannelOptions options) {
            return new SurfaceChannel(genuine) {
                @Override
                void hand(Ended it) {
                    if (it.tag == AsyncRules.CAPACITY - 1) {
                        Race.of(1, () -> super.hand(it));
                    } else {
                        super.hand(it);
                    }
                }
            };
        }
    },
    SECOND_THREAD_MAY_CANCEL(ASYNC_23) {
        @Override
        public SurfaceChannel channel(SurfaceEngine engine, CopyChannel genuine, ChannelOptions options) {
            return new SurfaceChannel(genuine) {
                @Override
                public CancelResult cancel(long sequence) {
                    try {
                        return super.cancel(sequence);
                    } catch (IllegalStateException e) {
                        return CancelResult.TOO_LATE;
                    }
                }
            };
        }
    },
    BYTES_COME_AFTER_THE_COMPLETION(ASYNC_24) {
        @Override
        public SurfaceChannel channel(SurfaceEngine engine, CopyChannel genuine, ChannelOptions options) {
            return new SurfaceChannel(genuine) {
                private @Nullable Sent late;

                @Override
                long send(Sent it) {
                    boolean isLate = options.capacity() == 1 && it.from == 0 && it.to == 0 && it.bytes > 0;
                    Sent whole = isLate ? it.kept() : null;
                    it.bytes = isLate ? 0 : it.bytes;
                    long sequence = super.send(it);
                    late = sequence >= 0 ? whole : late;
                    return sequence;
                }

                @Override
                void hand(Ended it) {
                    Sent whole = late;
                    late = null;
                    super.hand(it);
                    if (whole != null) {
                        whole.copy(engine.genuine());
                    }
                }
            };
        }
    },
    TAGS_MIX_IN_MANY_CHANNELS(ASYNC_29) {
        @Override
        public SurfaceChannel channel(SurfaceEngine engine, CopyChannel genuine, ChannelOptions options) {
            return new SurfaceChannel(genuine) {
                @Override
                void hand(Ended it) {
                    it.tag ^= open(engine).size() == 8 ? 1 : 0;
                    super.hand(it);
                }
            };
        }
    },
    CLOSING_ONE_CLOSES_ALL(ASYNC_30) {
        @Override
        public SurfaceChannel channel(SurfaceEngine engine, CopyChannel genuine, ChannelOptions options) {
            return new SurfaceChannel(genuine) {
                @Override
                public void close() {
                    super.close();
                    if (options.capacity() == 2) {
                        open(engine).forEach(it -> it.genuine.close());
                    }
                }
            };
        }
    },
    DEEP_CHANNELS_ARE_CUT(ASYNC_31) {
        @Override
        public CopyChannel openChannel(SurfaceEngine engine, ChannelOptions options) {
            int capacity = Math.min(options.capacity(), AsyncLoadRules.DEEP - 1);
            return super.openChannel(engine, new ChannelOptions(capacity, options.inOrder()));
        }
    },
    EVERY_SUBMIT_LEAVES_GARBAGE(ASYNC_32) {
        @Override
        public SurfaceChannel channel(SurfaceEngine engine, CopyChannel genuine, ChannelOptions options) {
            return new SurfaceChannel(genuine) {
                private @Nullable Sent last;

                @Override
                long send(Sent it) {
                    last = new Sent();
                    return super.send(it);
                }
            };
        }
    },
    TWENTY_THREADS_ARE_TOO_MANY {
        @Override
        public Set<Rule> broken() {
            return Set.of(Runtime.version().feature() >= 21 ? ASYNC_38 : ASYNC_39);
        }

        @Override
        public SurfaceChannel channel(SurfaceEngine engine, CopyChannel genuine, ChannelOptions options) {
            return new SurfaceChannel(genuine) {
                @Override
                public boolean await(long timeoutNanos) throws InterruptedException {
                    if (options.capacity() == 1 && open(engine).size() >= 20) {
                        throw new IllegalStateException("too many threads");
                    }
                    return super.await(timeoutNanos);
                }
            };
        }
    };

    private final Set<Rule> broken;

    AsyncUseMutant(Rule... broken) {
        this.broken = Set.of(broken);
    }

    @Override
    public Set<Rule> broken() {
        return broken;
    }
}
