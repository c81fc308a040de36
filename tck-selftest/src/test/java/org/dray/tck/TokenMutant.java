package org.dray.tck;

import static org.dray.tck.Rule.CLOSE_13;
import static org.dray.tck.Rule.TOK_01;
import static org.dray.tck.Rule.TOK_02;
import static org.dray.tck.Rule.TOK_03;
import static org.dray.tck.Rule.TOK_04;
import static org.dray.tck.Rule.TOK_05;
import static org.dray.tck.Rule.TOK_06;
import static org.dray.tck.Rule.TOK_07;
import static org.dray.tck.Rule.TOK_08;
import static org.dray.tck.Rule.TOK_09;
import static org.dray.tck.Rule.TOK_10;
import static org.dray.tck.Rule.TOK_11;
import static org.dray.tck.Rule.TOK_13;
import static org.dray.tck.Rule.TOK_14;
import static org.dray.tck.Rule.TOK_16;
import static org.dray.tck.Rule.TOK_17;
import static org.dray.tck.Rule.TOK_18;
import static org.dray.tck.Rule.TOK_19;
import static org.dray.tck.Rule.TOK_20;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.dray.Access;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.Dray;
import org.dray.MemoryRegion;
import org.dray.PeerId;
import org.dray.RegionToken;
import org.dray.Selection;
import org.dray.Tokens;

/** Defects of tokens, and of those who believe them. */
enum TokenMutant implements Mutant {
    TOKEN_IS_BACKWARDS(TOK_01) {
        @Override
        public byte[] encode(RegionToken token) {
            byte[] bytes = token.toBytes();
            byte first = bytes[0];
            bytes[0] = bytes[3];
            bytes[3] = first;
            return bytes;
        }
    },
    SHORT_TOKENS_ARE_READ_BEHIND_THEIR_END(TOK_02) {
        @Override
        public RegionToken parseToken(byte[] bytes) {
            int lengthBytes = bytes[6] + (bytes[7] << 8);
            return RegionToken.parse(lengthBytes == bytes.length ? bytes : Arrays.copyOf(bytes, bytes.length));
        }
    },
    CHECKSUM_IS_NOT_LOOKED_AT(TOK_03) {
        @Override
        public RegionToken parseToken(byte[] bytes) {
            byte[] repaired = bytes.clone();
            if (bytes.length == RegionToken.BYTES) {
                Checksums.repair(repaired, 92);
            }
            return RegionToken.parse(repaired);
        }
    },
    MAJOR_VERSION_IS_IGNORED(TOK_03, TOK_04) {
        @Override
        public RegionToken parseToken(byte[] bytes) {
            byte[] readable = bytes.clone();
            if (bytes.length == RegionToken.BYTES) {
                readable[4] = 1;
            }
            return RegionToken.parse(readable);
        }
    },
    ORIGIN_IS_IGNORED(TOK_05, TOK_06, TOK_07) {
        @Override
        public MemoryRegion attach(SurfaceEngine engine, RegionToken token) {
            PeerId self = engine.dray().genuine().self();
            PeerId owner = token.owner();
            PeerId here = new PeerId(
                    self.bootIdHigh(),
                    self.bootIdLow(),
                    owner.pid(),
                    owner.uid(),
                    owner.startTime(),
                    self.pidNamespace(),
                    owner.userNamespace(),
                    owner.instance());
            return engine.genuine()
                    .attach(new RegionToken(
                            here,
                            token.slot(),
                            token.generation(),
                            token.lengthBytes(),
                            token.access(),
                            token.singleUse(),
                            engine.id()));
        }
    },
    GENERATION_IS_IGNORED(TOK_08) {
        @Override
        public MemoryRegion attach(SurfaceEngine engine, RegionToken token) {
            for (int i = 0; i < 4; i++) {
                try {
                    return engine.genuine().attach(later(token, i));
                } catch (CopyException e) {
                    if (e.status() != CopyStatus.TOKEN_STALE) {
                        throw e;
                    }
                }
            }
            return engine.genuine().attach(token);
        }
    },
    DEAD_OWNER_IS_STALE(TOK_09) {
        @Override
        public MemoryRegion attach(SurfaceEngine engine, RegionToken token) {
            try {
                return engine.genuine().attach(token);
            } catch (CopyException e) {
                throw e.status() == CopyStatus.PEER_GONE ? Defect.with(CopyStatus.TOKEN_STALE, e) : e;
            }
        }
    },
    PID_IS_AN_IDENTITY(TOK_10) {
        @Override
        public MemoryRegion attach(SurfaceEngine engine, RegionToken token) {
            try {
                return engine.genuine().attach(token);
            } catch (CopyException e) {
                if (e.status() != CopyStatus.PEER_REPLACED) {
                    throw e;
                }
                return engine.dray().genuine().wrap(java.nio.ByteBuffer.allocateDirect(64));
            }
        }
    },
    REPLACED_PROGRAM_IS_FINE(TOK_11) {
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
                if (e.status() != CopyStatus.PEER_REPLACED && e.status() != CopyStatus.TIMEOUT) {
                    throw e;
                }
            }
        }
    },
    TOKEN_DECIDES_THE_ACCESS(TOK_13) {
        @Override
        public Access access(SurfaceRegion region) {
            RegionToken token = region.attachedWith();
            return token == null ? region.genuine().access() : token.access();
        }
    },
    ONE_TOKEN_IS_GIVEN_TWICE(TOK_14) {
        private final Map<Dray, AtomicInteger> counts = new ConcurrentHashMap<>();
        private volatile RegionToken before;

        @Override
        public RegionToken token(SurfaceRegion region) {
            int count = counts.computeIfAbsent(region.dray().genuine(), it -> new AtomicInteger())
                    .incrementAndGet();
            RegionToken token = region.genuine().token();
            if (count == 120) {
                return before;
            }
            before = token;
            return token;
        }

        @Override
        public void closeDray(SurfaceDray dray) {
            counts.clear();
            dray.genuine().close();
        }
    },
    NOTHING_IS_EXPLAINED(TOK_16) {
        @Override
        public Selection explain(Dray genuine, Tokens tokens, Access needed) {
            return new Selection(List.of());
        }
    },
    NEEDED_ACCESS_IS_IGNORED(TOK_17) {
        @Override
        public MemoryRegion attach(Dray genuine, Tokens tokens, Access needed) {
            return genuine.attach(tokens);
        }
    },
    ATTACHMENTS_ARE_SHARED(TOK_08, TOK_18, CLOSE_13) {
        private final Map<RegionToken, MemoryRegion> known = new ConcurrentHashMap<>();

        @Override
        public MemoryRegion attach(SurfaceEngine engine, RegionToken token) {
            MemoryRegion region = known.get(token);
            if (region == null || !region.isOpen()) {
                region = engine.genuine().attach(token);
                known.put(token, region);
            }
            return region;
        }

        @Override
        public void closeDray(SurfaceDray dray) {
            known.clear();
            dray.genuine().close();
        }
    },
    PEER_ID_DRIFTS(TOK_19) {
        private final AtomicInteger calls = new AtomicInteger();

        @Override
        public PeerId self(Dray genuine) {
            PeerId self = genuine.self();
            return new PeerId(
                    self.bootIdHigh(),
                    self.bootIdLow(),
                    self.pid(),
                    self.uid(),
                    self.startTime() + calls.incrementAndGet(),
                    self.pidNamespace(),
                    self.userNamespace(),
                    self.instance());
        }
    },
    HALF_A_LIST_IS_A_LIST(TOK_20) {
        @Override
        public Tokens parseTokens(byte[] bytes) {
            try {
                return Tokens.parse(bytes);
            } catch (CopyException e) {
                if (bytes.length > 8 + RegionToken.BYTES && bytes[0] == 'D' && bytes[4] == 1) {
                    return new Tokens(List.of(RegionToken.parse(Arrays.copyOfRange(bytes, 8, 8 + RegionToken.BYTES))));
                }
                throw e;
            }
        }
    };

    private final Set<Rule> broken;

    TokenMutant(Rule... broken) {
        this.broken = Set.of(broken);
    }

    private static RegionToken later(RegionToken token, int generations) {
        return new RegionToken(
                token.owner(),
                token.slot(),
                token.generation() + generations,
                token.lengthBytes(),
                token.access(),
                token.singleUse(),
                token.backendId());
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
