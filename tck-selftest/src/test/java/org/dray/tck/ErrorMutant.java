package org.dray.tck;

import static org.dray.tck.Rule.ERR_01;
import static org.dray.tck.Rule.ERR_02;
import static org.dray.tck.Rule.ERR_03;
import static org.dray.tck.Rule.ERR_04;
import static org.dray.tck.Rule.ERR_05;
import static org.dray.tck.Rule.ERR_07;
import static org.dray.tck.Rule.ERR_08;

import java.util.Optional;
import java.util.Set;
import org.dray.AddressSpace.Kind;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.MemoryRegion;

/** Defects of what is said about failures, and of what comes after them. */
enum ErrorMutant implements Mutant {
    MESSAGE_SAYS_NOTHING(ERR_01) {
        @Override
        void onFailure(CopyException e) {
            throw Defect.with(e.route(), "it failed", e);
        }
    },
    ROUTE_IS_FORGOTTEN(ERR_02) {
        @Override
        void onFailure(CopyException e) {
            throw Defect.with(Optional.empty(), String.valueOf(e.getMessage()), e);
        }
    },
    DEATH_IS_AN_ERROR_OF_THE_DEVICE(ERR_03, ERR_04, ERR_05) {
        @Override
        void onFailure(CopyException e) {
            throw e.status() == CopyStatus.PEER_GONE ? Defect.with(CopyStatus.IO_ERROR, e) : e;
        }
    },
    DEATH_DURING_COPIES_IS_THE_END(ERR_04) {
        @Override
        void copied(MemoryRegion region) {
            used = region.byteSize() == 1 << 20 && region.kind() == Kind.PEER;
        }

        private volatile boolean used;

        @Override
        public void closeDray(SurfaceDray dray) {
            used = false;
            dray.genuine().close();
        }

        @Override
        void onFailure(CopyException e) {
            throw used && e.status() == CopyStatus.PEER_GONE ? Defect.with(CopyStatus.CANCELLED, e) : e;
        }
    },
    ONE_DEATH_STOPS_THE_ENGINE(ERR_03, ERR_05) {
        private volatile long dead;

        @Override
        void before(SurfaceEngine engine) {
            if (dead == engine.dray().genuine().self().instance()) {
                throw new IllegalStateException("a peer has died");
            }
        }

        @Override
        void onFailure(SurfaceEngine engine, CopyException e) {
            if (e.status() == CopyStatus.PEER_GONE) {
                dead = engine.dray().genuine().self().instance();
            }
            throw e;
        }
    },
    COPY_AFTER_A_MISTAKE_IS_LOST(ERR_07) {
        private volatile boolean mistaken;

        @Override
        public void copy(Copy it) {
            boolean lost = mistaken && it.lengthBytes() == 16;
            mistaken = false;
            try {
                if (!lost) {
                    it.run();
                }
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                mistaken = true;
                throw e;
            }
        }
    },
    NULL_IS_IGNORED(ERR_08) {
        @Override
        public void copy(Copy it) {
            if (it.source() != null && it.destination() != null) {
                it.run();
            }
        }
    };

    private final Set<Rule> broken;

    ErrorMutant(Rule... broken) {
        this.broken = Set.of(broken);
    }

    void before(SurfaceEngine engine) {}

    void copied(MemoryRegion source) {}

    void onFailure(CopyException e) {
        throw e;
    }

    void onFailure(SurfaceEngine engine, CopyException e) {
        onFailure(e);
    }

    @Override
    public void copy(Copy it) {
        before(it.engine());
        try {
            it.run();
            copied(it.source());
        } catch (CopyException e) {
            onFailure(it.engine(), e);
        }
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
