package org.dray.hammer;

import java.util.Optional;
import java.util.SplittableRandom;
import org.dray.Access;
import org.dray.PeerId;
import org.dray.RegionToken;

/** Makes tokens that are sound in form and wrong in some field. */
final class Forger {
    private static final String[] BACKENDS = {"sim", "cma", "knem", "0", "a-backend-of-16--"};

    private final SplittableRandom random;

    Forger(SplittableRandom random) {
        this.random = random;
    }

    /** A copy of a token with some fields changed; of this process's own name if there is no token. */
    RegionToken forge(Optional<RegionToken> genuine, PeerId self) {
        RegionToken token = genuine.orElseGet(() -> new RegionToken(self, 0, 1, 4096, Access.READ, false, "sim"));
        PeerId owner = random.nextInt(3) == 0 ? self : token.owner();
        return new RegionToken(
                random.nextBoolean() ? forge(owner) : owner,
                random.nextBoolean() ? token.slot() : number() & Integer.MAX_VALUE,
                random.nextBoolean() ? token.generation() : number() | (random.nextInt(9) == 0 ? Integer.MIN_VALUE : 1),
                random.nextBoolean()
                        ? token.lengthBytes()
                        : 1 + (random.nextLong() & (Long.MAX_VALUE - 1) >> random.nextInt(60)),
                random.nextBoolean() ? token.access() : Access.READ_WRITE,
                random.nextBoolean() == token.singleUse(),
                random.nextInt(4) > 0 ? token.backendId() : BACKENDS[random.nextInt(BACKENDS.length - 1)]);
    }

    private PeerId forge(PeerId id) {
        int which = random.nextInt(10);
        long number = random.nextLong();
        return new PeerId(
                which == 0 ? number : id.bootIdHigh(),
                which == 1 ? number : id.bootIdLow(),
                which == 2 ? number() : id.pid(),
                which == 3 ? number() : id.uid(),
                which == 4 ? number : id.startTime(),
                which == 5 ? number : id.pidNamespace(),
                which == 6 ? number : id.userNamespace(),
                which >= 7 ? (which == 7 ? number : id.instance() ^ (1L << random.nextInt(Long.SIZE))) : id.instance());
    }

    /** Small, large, negative, and what processes are called. */
    private int number() {
        return switch (random.nextInt(6)) {
            case 0 -> random.nextInt(40);
            case 1 -> -random.nextInt(3);
            case 2 -> Integer.MAX_VALUE - random.nextInt(3);
            case 3 -> (1 << 18) - 2 + random.nextInt(4);
            case 4 -> (int) ProcessHandle.current().pid();
            default -> random.nextInt();
        };
    }
}
