package org.dray.tck;

import java.util.List;
import org.dray.AddressSpace;
import org.dray.AddressSpace.Kind;
import org.dray.EngineInfo;
import org.dray.Route;
import org.dray.Route.Initiator;

/** Questions about the routes of an engine. */
final class Routes {
    private Routes() {}

    /**
     * Routes that an engine could have between its spaces and has not; between two peers is a capability of its own.
     */
    static List<Route> missing(EngineInfo info) {
        List<Kind> kinds =
                info.spaces().stream().map(AddressSpace::kind).distinct().toList();
        return kinds.stream()
                .flatMap(from -> kinds.stream().map(to -> new Route(from, to, Initiator.CALLER)))
                .filter(it -> !(it.source() == Kind.PEER && it.destination() == Kind.PEER))
                .filter(it -> info.route(it.source(), it.destination()).isEmpty())
                .toList();
    }
}
