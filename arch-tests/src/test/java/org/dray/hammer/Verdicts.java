package org.dray.hammer;

import java.util.EnumSet;
import java.util.Set;
import org.dray.CopyStatus;
import org.dray.hammer.Judge.Verdict;

/** How calls may end. Whatever a call is given, its region or its Dray may be closed by another thread. */
final class Verdicts {
    private static final Set<Class<? extends Throwable>> CLOSED = Set.of(IllegalStateException.class);

    /** Works whatever happens elsewhere. */
    static final Verdict ALWAYS = new Verdict(true, Set.of(), Set.of());

    /** Works unless something was closed. */
    static final Verdict OPEN = new Verdict(true, Set.of(), CLOSED);

    /** A copy inside this process. */
    static final Verdict LOCAL = new Verdict(true, Set.of(CopyStatus.CANCELLED), CLOSED);

    /** A range that no process has. */
    static final Verdict STRANGE = new Verdict(true, Set.of(CopyStatus.BAD_LOCAL_ADDRESS), CLOSED);

    /** More memory than there is. */
    static final Verdict ALLOCATING = new Verdict(true, Set.of(CopyStatus.RESOURCE_LIMIT), CLOSED);

    static final Verdict NULL = refused(NullPointerException.class);
    static final Verdict BAD_RANGE = refused(IndexOutOfBoundsException.class);
    static final Verdict BAD_ARGUMENT = refused(IllegalArgumentException.class);
    static final Verdict UNSUPPORTED = refused(UnsupportedOperationException.class);
    static final Verdict MUST_BE_CLOSED = new Verdict(false, Set.of(), CLOSED);
    static final Verdict NO_TOKEN = new Verdict(false, Set.of(CopyStatus.TOKEN_INVALID), Set.of());

    private Verdicts() {}

    private static Verdict refused(Class<? extends Throwable> mistake) {
        return new Verdict(false, Set.of(), Set.of(mistake, IllegalStateException.class));
    }

    /** A sound token of the other process. */
    static Verdict attaching(Plan plan) {
        EnumSet<CopyStatus> statuses = EnumSet.of(CopyStatus.TOKEN_STALE, CopyStatus.CANCELLED);
        statuses.addAll(ofPeers(plan));
        return new Verdict(true, statuses, CLOSED);
    }

    /** A token that somebody changed, with a good checksum: nothing in it counts but the name of a region. */
    static Verdict attachingForged(Plan plan) {
        EnumSet<CopyStatus> statuses = EnumSet.of(
                CopyStatus.TOKEN_STALE,
                CopyStatus.TOKEN_FOREIGN,
                CopyStatus.TOKEN_INVALID,
                CopyStatus.PEER_GONE,
                CopyStatus.PEER_REPLACED,
                CopyStatus.PERMISSION,
                CopyStatus.CANCELLED,
                CopyStatus.IO_ERROR); // a Dray that is just making its files
        statuses.addAll(ofPeers(plan));
        return new Verdict(true, statuses, CLOSED);
    }

    /** A copy with sound arguments. */
    static Verdict copying(Plan plan, Offer far) {
        EnumSet<CopyStatus> statuses = EnumSet.of(CopyStatus.TOKEN_STALE, CopyStatus.CANCELLED);
        statuses.addAll(ofPeers(plan));
        if (far.content() == Offer.Content.CHAOS) {
            // Pages may come back between the failure and the search for the side that it happened on.
            statuses.add(CopyStatus.BAD_REMOTE_ADDRESS);
            statuses.add(CopyStatus.BAD_LOCAL_ADDRESS);
        }
        return new Verdict(true, statuses, CLOSED);
    }

    /** The same, with no memory on the near side. */
    static Verdict copyingNowhere(Plan plan, Offer far) {
        EnumSet<CopyStatus> statuses = EnumSet.copyOf(copying(plan, far).statuses());
        statuses.add(CopyStatus.BAD_LOCAL_ADDRESS);
        return new Verdict(false, statuses, CLOSED);
    }

    private static Set<CopyStatus> ofPeers(Plan plan) {
        if (!plan.rough()) {
            return Set.of();
        }
        EnumSet<CopyStatus> statuses = EnumSet.of(CopyStatus.PEER_GONE);
        if (plan.uses("sim")) {
            statuses.add(CopyStatus.TIMEOUT);
        }
        return statuses;
    }
}
