package org.dray.internal;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.Finding;
import org.dray.MemoryRegion;
import org.dray.spi.CopyDriver;
import org.dray.spi.DriverRegion;
import org.jspecify.annotations.Nullable;

/** The copy path of one engine: checks, claims, steps. Allocates nothing when the copy succeeds. */
final class Copier {
    /** A copy that went from its end has no prefix to tell of. */
    private static final long UNKNOWN = -1;

    private static final System.Logger LOG = System.getLogger(Copier.class.getName());

    private final EngineCore engine;
    private final CopyDriver driver;
    private final CopyCells cells;
    private final @Nullable RoutePlan[] plans;

    Copier(EngineCore engine) {
        this.engine = engine;
        this.driver = engine.driver();
        this.cells = engine.dray().cells();
        this.plans = RoutePlan.table(engine.info());
        resolveSignatures(driver.getClass());
    }

    /**
     * Before JDK 24, a call between two jars is compiled into its caller only if the callee's side has resolved every
     * type of the signature, and a driver that only hands its arguments on never does.
     */
    @SuppressWarnings("ReturnValueIgnored")
    private static void resolveSignatures(Class<?> driver) {
        driver.getDeclaredMethods();
    }

    void copy(MemoryRegion source, long sourceOffset, MemoryRegion destination, long destinationOffset, long length) {
        RegionView from = view(source, "source");
        RegionView to = view(destination, "destination");
        RoutePlan plan = fitting(from, sourceOffset, to, destinationOffset, length);
        long start = from.baseBytes + sourceOffset;
        long target = to.baseBytes + destinationOffset;
        CopyCell cell = cells.take();
        try {
            cell.begin(engine, from.root, to.root);
            if (length > 0) {
                claimAndRun(cell, plan, from.root, start, to.root, target, length);
            }
        } finally {
            cell.end();
            Reference.reachabilityFence(from);
            Reference.reachabilityFence(to);
        }
    }

    /** The checks of a copy that is made later: the same exceptions as {@link #copy} throws for a caller's mistake. */
    RoutePlan check(RegionView from, long sourceOffset, RegionView to, long destinationOffset, long length) {
        RoutePlan plan = fitting(from, sourceOffset, to, destinationOffset, length);
        CopyCell cell = cells.take();
        try {
            cell.begin(engine, from.root, to.root);
            from.root.requireFitFor(engine);
            to.root.requireFitFor(engine);
            if (plan.rejectsOverlap && from.root.coordinates == to.root.coordinates) {
                refuseOverlap(
                        plan,
                        from.root.driverRegion(engine),
                        from.baseBytes + sourceOffset,
                        to.root.driverRegion(engine),
                        to.baseBytes + destinationOffset,
                        length);
            }
        } finally {
            cell.end();
        }
        return plan;
    }

    /** Makes a copy that was checked before, and leaves its result in the operation. */
    void perform(Operation operation) {
        Root from = operation.fromRoot();
        Root to = operation.toRoot();
        CopyCell cell = cells.take();
        try {
            cell.belongTo(operation);
            if (begins(cell, from, to) && !operation.cancelRequested) {
                if (operation.lengthBytes > 0) {
                    claimAndRun(
                            cell, operation.plan(), from, operation.start, to, operation.target, operation.lengthBytes);
                }
                operation.setResult(CopyStatus.OK, 0, operation.lengthBytes);
            } else {
                operation.setResult(CopyStatus.CANCELLED, 0, 0);
            }
        } catch (CopyException e) {
            operation.setResult(e.status(), e.errno(), e.bytesDone().orElse(UNKNOWN));
            operation.failure = e;
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "the driver of " + engine.id() + " failed", e);
            operation.setResult(CopyStatus.IO_ERROR, 0, UNKNOWN);
        } finally {
            cell.belongTo(null);
            cell.end();
        }
    }

    /** False if something was closed since the copy was checked. */
    private boolean begins(CopyCell cell, Root from, Root to) {
        try {
            cell.begin(engine, from, to);
            return true;
        } catch (IllegalStateException closed) {
            return false;
        }
    }

    private RoutePlan fitting(RegionView from, long sourceOffset, RegionView to, long destinationOffset, long length) {
        RoutePlan plan = plans[RoutePlan.index(from.root.kindCode, to.root.kindCode)];
        if (plan == null || !areFit(plan, from, sourceOffset, to, destinationOffset, length)) {
            throw refused(from, sourceOffset, to, destinationOffset, length);
        }
        return plan;
    }

    private void claimAndRun(CopyCell cell, RoutePlan plan, Root from, long start, Root to, long target, long length) {
        try {
            cell.claim(from, to);
            run(cell, plan, from, start, to, target, length);
        } finally {
            cell.unclaim(from, to);
        }
    }

    /** Small, so that it is compiled into its caller together with the driver: the rare and the long are elsewhere. */
    private void run(CopyCell cell, RoutePlan plan, Root from, long start, Root to, long target, long length) {
        DriverRegion source = from.driverRegion(engine);
        DriverRegion destination = to.driverRegion(engine);
        if (plan.rejectsOverlap && from.coordinates == to.coordinates) {
            refuseOverlap(plan, source, start, destination, target, length);
        }
        requirePublished(plan, from, start, to, target, length, 0);
        if (!takeUse(from) || !takeUse(to)) {
            throw usedBefore(plan, from, start, to, target, length);
        }
        if (length <= plan.stepBytes || isOneStep(source, destination)) {
            long moved = driver.copy(cell, source, start, destination, target, length);
            if (moved != length || cell.hasFailed()) {
                throw failed(cell, plan, from, start, to, target, length, isKnown(moved, length) ? moved : UNKNOWN);
            }
        } else {
            runSteps(cell, plan, from, source, start, to, destination, target, length);
        }
        // The bytes are what the owner published only if it still does.
        requirePublished(plan, from, start, to, target, length, length);
    }

    /** Whether a second step would find a region gone. */
    static boolean isOneStep(DriverRegion source, DriverRegion destination) {
        return source.isSpentByCopy() || destination.isSpentByCopy();
    }

    private void refuseOverlap(
            RoutePlan plan, DriverRegion source, long start, DriverRegion destination, long target, long length) {
        if (Overlap.exists(source.extents(), start, destination.extents(), target, length)) {
            throw new IllegalArgumentException("source and destination overlap, and " + plan.info.route()
                    + " of engine " + engine.id() + " cannot copy such ranges: copy through another buffer");
        }
    }

    private void runSteps(
            CopyCell cell,
            RoutePlan plan,
            Root from,
            DriverRegion source,
            long start,
            Root to,
            DriverRegion destination,
            long target,
            long length) {
        boolean backwards = goesBackwards(from, source, start, to, destination, target, length);
        long done = 0;
        while (done < length) {
            if (done > 0) {
                requireGoing(cell, plan, from, start, to, target, length, backwards ? UNKNOWN : done);
            }
            long step = Math.min(plan.stepBytes, length - done);
            long at = backwards ? length - done - step : done;
            long moved = driver.copy(cell, source, start + at, destination, target + at, step);
            done += moved;
            if (moved != step || cell.hasFailed()) {
                boolean known = !backwards && isKnown(moved, step);
                throw failed(cell, plan, from, start, to, target, length, known ? done : UNKNOWN);
            }
        }
    }

    /** Whether a copy in several steps must go from its end. */
    static boolean goesBackwards(
            Root from, DriverRegion source, long start, Root to, DriverRegion destination, long target, long length) {
        return from.coordinates == to.coordinates
                && Overlap.needsStepsFromTheEnd(source.extents(), start, destination.extents(), target, length);
    }

    /** Whether a driver's answer can be the length of a prefix. */
    private static boolean isKnown(long moved, long asked) {
        return moved >= 0 && moved <= asked;
    }

    /** Between two steps. */
    private void requireGoing(
            CopyCell cell, RoutePlan plan, Root from, long start, Root to, long target, long length, long done) {
        if (cell.isCancelled()) {
            throw stopped(CopyStatus.CANCELLED, plan, from, start, to, target, length, done, "it was cancelled");
        }
        if (from.isClosed() || to.isClosed() || engine.isClosed()) {
            String detail = (engine.isClosed() ? "the engine" : "a region") + " was closed during the copy";
            throw stopped(CopyStatus.CANCELLED, plan, from, start, to, target, length, done, detail);
        }
        requirePublished(plan, from, start, to, target, length, done);
    }

    private void requirePublished(RoutePlan plan, Root from, long start, Root to, long target, long length, long done) {
        if (!isPublished(from) || !isPublished(to)) {
            String detail = "the owner closed the region";
            throw stopped(CopyStatus.TOKEN_STALE, plan, from, start, to, target, length, done, detail);
        }
    }

    static boolean isPublished(Root root) {
        return !(root instanceof PeerRoot peer) || peer.isPublished();
    }

    static boolean takeUse(Root root) {
        return !(root instanceof PeerRoot peer) || peer.takeUse();
    }

    private CopyException usedBefore(RoutePlan plan, Root from, long start, Root to, long target, long length) {
        String detail = "the single-use region was used already";
        return stopped(CopyStatus.TOKEN_STALE, plan, from, start, to, target, length, 0, detail);
    }

    /** A copy that the core ended. */
    private CopyException stopped(
            CopyStatus status,
            RoutePlan plan,
            Root from,
            long start,
            Root to,
            long target,
            long length,
            long done,
            String detail) {
        String message = ranges(from, start, to, target, length) + ": " + detail;
        return exception(status, plan, 0, done, message, List.of());
    }

    /** A copy that the driver ended. */
    private CopyException failed(
            CopyCell cell, RoutePlan plan, Root from, long start, Root to, long target, long length, long done) {
        CopyStatus status = cell.failure();
        int errno = cell.failureErrno();
        String detail = cell.failureDetail();
        String message = ranges(from, start, to, target, length) + (detail.isEmpty() ? "" : ": " + detail);
        Root far = from instanceof PeerRoot ? from : to;
        Attempts diagnosing = new Attempts();
        List<Finding> findings = new ArrayList<>();
        if (far instanceof PeerRoot peer) {
            diagnosing.run(() -> findings.addAll(peer.connection().peer().diagnose(status, errno)));
        }
        CopyException failure = exception(status, plan, errno, done, message, findings);
        diagnosing.finishIn(failure);
        return failure;
    }

    private static String ranges(Root from, long start, Root to, long target, long length) {
        return length + " bytes from offset " + start + " of " + from.byteSize + " to offset " + target + " of "
                + to.byteSize;
    }

    private CopyException exception(
            CopyStatus status, RoutePlan plan, int errno, long done, String message, List<Finding> findings) {
        return new CopyException(
                status, engine.id(), plan.route, errno, plan.exact ? done : UNKNOWN, message, findings);
    }

    /** The same questions as {@link #refused}, in little code: every copy runs through here. */
    private boolean areFit(
            RoutePlan plan, RegionView from, long sourceOffset, RegionView to, long destinationOffset, long length) {
        return isUsable(from)
                && isUsable(to)
                && from.root.isReadable
                && to.root.isWritable
                && from.contains(sourceOffset, length)
                && to.contains(destinationOffset, length)
                && Math.max(from.root.segmentCount, to.root.segmentCount) <= plan.maxSegments
                && ((from.baseBytes + sourceOffset | to.baseBytes + destinationOffset | length) & plan.alignmentMask)
                        == 0;
    }

    private boolean isUsable(RegionView region) {
        EngineCore owner = region.root.engine;
        return owner == engine || (owner == null && region.root.dray == engine.dray());
    }

    /** What is wrong with the arguments of a copy: the first in this order, and that something is closed before all. */
    private RuntimeException refused(
            RegionView from, long sourceOffset, RegionView to, long destinationOffset, long length) {
        engine.requireOpen();
        from.root.requireOpen();
        to.root.requireOpen();
        if (!from.root.isReadable || !to.root.isWritable) {
            return lacksAccess(from, to);
        }
        from.checkRange("source", sourceOffset, length);
        to.checkRange("destination", destinationOffset, length);
        RoutePlan plan = plan(from, to);
        return new IllegalArgumentException("offsets " + (from.baseBytes + sourceOffset) + " and "
                + (to.baseBytes + destinationOffset) + " and length " + length + " must be multiples of "
                + plan.info.alignmentBytes() + " on " + plan.info.route());
    }

    private RoutePlan plan(RegionView from, RegionView to) {
        requireOwn(from, "source");
        requireOwn(to, "destination");
        RoutePlan plan = plans[RoutePlan.index(from.root.kindCode, to.root.kindCode)];
        if (plan == null) {
            throw new UnsupportedOperationException("engine " + engine.id() + " has no route " + from.root.kind + "->"
                    + to.root.kind + "; it has "
                    + engine.info().routes().stream()
                            .map(r -> r.route().toString())
                            .toList());
        }
        if (from.root.segmentCount > plan.maxSegments || to.root.segmentCount > plan.maxSegments) {
            throw new IllegalArgumentException("regions of " + from.root.segmentCount + " and " + to.root.segmentCount
                    + " segments, at most " + plan.maxSegments + " on " + plan.info.route());
        }
        return plan;
    }

    private void requireOwn(RegionView region, String role) {
        EngineCore owner = region.root.engine;
        if (owner != engine
                && (owner != null || !(region.root instanceof WrappedRoot wrapped) || wrapped.dray != engine.dray())) {
            throw new IllegalArgumentException("the " + role + " is a region of "
                    + (owner == null || owner.dray() != engine.dray() ? "another Dray" : "engine " + owner.id())
                    + ", not of engine " + engine.id() + ": wrap the memory, or use that engine");
        }
    }

    static RegionView view(MemoryRegion region, String role) {
        if (Objects.requireNonNull(region, role) instanceof RegionView view) {
            return view;
        }
        throw new IllegalArgumentException(
                "the " + role + " is a " + region.getClass().getName() + ", not a region that Dray made");
    }

    private static IllegalArgumentException lacksAccess(RegionView from, RegionView to) {
        return new IllegalArgumentException(
                from.root.access.isReadable()
                        ? "the destination region has access " + to.root.access + " and cannot be written"
                        : "the source region has access " + from.root.access + " and cannot be read");
    }
}
