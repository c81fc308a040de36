package org.dray.tck;

import org.dray.Dray;
import org.dray.DrayOptions;
import org.dray.RegionToken;
import org.dray.Tokens;

/** The kit over the current mutant. Not run by itself: its name is not a test's. */
class HarnessTck extends BackendTck {

    @Override
    protected BackendFixture fixture() {
        return new Fixture(Mutant.current());
    }

    private record Fixture(Mutant mutant) implements BackendFixture, Subject {
        @Override
        public String backendId() {
            return MutantProvider.ID;
        }

        @Override
        public Dray load(DrayOptions options) {
            Dray dray = mutant.load(options);
            return mutant.layer() == Layer.SURFACE ? new SurfaceDray(dray, mutant) : dray;
        }

        @Override
        public byte[] encode(RegionToken token) {
            return mutant.encode(token);
        }

        @Override
        public RegionToken parseToken(byte[] bytes) {
            return mutant.parseToken(bytes);
        }

        @Override
        public Tokens parseTokens(byte[] bytes) {
            return mutant.parseTokens(bytes);
        }
    }
}
