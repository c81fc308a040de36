package org.dray.tck;

import org.dray.Dray;
import org.dray.DrayOptions;
import org.dray.RegionToken;
import org.dray.Tokens;

/**
 * What the kit takes from Dray by static methods. The kit's self-test gives a fixture that is also a subject, with one
 * defect in it; every other fixture gets Dray as it is.
 */
interface Subject {
    /** Dray as it is. */
    Subject GENUINE = new Subject() {};

    default Dray load(DrayOptions options) {
        return Dray.load(options);
    }

    default byte[] encode(RegionToken token) {
        return token.toBytes();
    }

    default RegionToken parseToken(byte[] bytes) {
        return RegionToken.parse(bytes);
    }

    default Tokens parseTokens(byte[] bytes) {
        return Tokens.parse(bytes);
    }

    static Subject of(BackendFixture fixture) {
        return fixture instanceof Subject subject ? subject : GENUINE;
    }
}
