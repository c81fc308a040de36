package org.dray.tck;

import java.util.Objects;
import org.dray.AddressSpace.Kind;
import org.dray.CopyEngine;
import org.dray.Dray;
import org.dray.EngineInfo;
import org.dray.Route;
import org.dray.RouteInfo;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** What the rules of every group have at hand. */
abstract class RuleGroup {
    private @Nullable Scene scene;

    RuleGroup() {}

    final void enter(Scene entered) {
        scene = entered;
    }

    final Scene scene() {
        return Objects.requireNonNull(scene, "a rule is running");
    }

    final Kit kit() {
        return scene().kit();
    }

    final Effort effort() {
        return kit().effort();
    }

    final EngineInfo info() {
        return kit().info();
    }

    final Dray dray() {
        return scene().dray();
    }

    final CopyEngine engine() {
        return dray().engine(kit().backendId());
    }

    final Peer peer() {
        return scene().peer();
    }

    final Places places() {
        return scene().places();
    }

    final Transfers transfers() {
        return new Transfers(scene(), places());
    }

    /** What every offset and length is a multiple of, whatever the route or the space: the largest that is declared. */
    final long unit() {
        return Units.of(info());
    }

    /** So many bytes, or the next multiple of the unit. */
    final int whole(int bytes) {
        return Math.toIntExact(Units.whole(bytes, unit()));
    }

    /** A page of common size, or one unit if that is more. */
    final int page() {
        return whole(Units.PAGE_BYTES);
    }

    /** What a rule does with a route. */
    interface RouteCheck {
        void check(Kind source, Kind destination, long unitBytes);
    }

    /** Runs a check on every route that does not join two other processes; a complaint names the route. */
    final void onEveryRoute(RouteCheck check) {
        for (RouteInfo info : engine().info().routes()) {
            Route route = info.route();
            if (route.source() != Kind.PEER || route.destination() != Kind.PEER) {
                try {
                    check.check(route.source(), route.destination(), info.alignmentBytes());
                } catch (TestAbortedException e) {
                    throw e;
                } catch (RuntimeException | Error e) {
                    throw new AssertionFailedError("on " + route + ": " + e.getMessage(), e);
                }
            }
        }
    }

    /** Leaves a rule out of a quick run. */
    final void requireSlowRun() {
        if (!effort().isSlow()) {
            throw new NotRun("left out of a quick run, factor " + effort().factor());
        }
    }
}
