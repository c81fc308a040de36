package org.dray.tck;

import static org.dray.tck.Rule.ASYNC_40;
import static org.dray.tck.Rule.COPY_09;
import static org.dray.tck.Rule.ERR_09;

import java.util.Set;
import org.dray.ChannelOptions;
import org.dray.CopyChannel;
import org.dray.CopyException;
import org.dray.CopyStatus;

/** Defects that only the slow rules see; run with those. */
enum SlowMutant implements Mutant {
    COPY_STOPS_BELOW_TWO_GIBIBYTES(COPY_09) {
        @Override
        public void copy(Copy it) {
            it.run(Math.min(it.lengthBytes(), 0x7fff_f000L));
        }
    },
    STOPPED_OWNER_IS_AN_ERROR(ERR_09) {
        @Override
        public void copy(Copy it) {
            try {
                it.run();
            } catch (CopyException e) {
                throw e.status() == CopyStatus.TIMEOUT ? Defect.with(CopyStatus.IO_ERROR, e) : e;
            }
        }
    },
    STOPPED_OWNER_IS_AN_ERROR_OF_CHANNELS(ASYNC_40) {
        @Override
        public CopyChannel openChannel(SurfaceEngine engine, ChannelOptions options) {
            return new SurfaceChannel(engine.genuine().openChannel(options)) {
                @Override
                void hand(Ended it) {
                    it.status = it.status == CopyStatus.TIMEOUT ? CopyStatus.IO_ERROR : it.status;
                    super.hand(it);
                }
            };
        }
    };

    private final Set<Rule> broken;

    SlowMutant(Rule... broken) {
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
