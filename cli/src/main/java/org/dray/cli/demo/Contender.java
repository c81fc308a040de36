package org.dray.cli.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dray.CopyException;
import org.dray.cli.demo.WayResult.Outcome;

/** One way of transfer through all rounds: keeps times, and the first thing that goes wrong. */
final class Contender implements AutoCloseable {
    private final Way way;
    private final List<Long> nanos = new ArrayList<>();
    private Optional<OwnerEnd> end = Optional.empty();
    private Outcome outcome = Outcome.VERIFIED;
    private Optional<String> problem = Optional.empty();

    Contender(Way way) {
        this.way = way;
    }

    String way() {
        return way.id();
    }

    /** True until something has gone wrong. */
    boolean isRunning() {
        return outcome == Outcome.VERIFIED;
    }

    void connect(PeerProcess peer, Segments source, Path scratch) {
        try {
            end = Optional.of(way.connect(peer, source, scratch));
        } catch (IOException | CopyException | UnsupportedOperationException e) {
            give(Outcome.NOT_CONNECTED, e);
        }
    }

    /** One transfer. The poison lies in the peer's memory before, so that a byte that did not come is seen. */
    void transfer(PeerProcess peer, byte poison, String sha256, boolean timed) {
        try {
            Reply reply = peer.ask(Request.transfer(way(), poison));
            if (!reply.text().equals(sha256)) {
                throw new IOException("wrong bytes: SHA-256 is " + sha256 + " here and " + reply.text() + " there");
            }
            if (timed) {
                nanos.add(reply.nanos());
            }
        } catch (IOException e) {
            give(Outcome.FAILED, e);
        }
    }

    private void give(Outcome result, Exception reason) {
        outcome = result;
        problem = Optional.of(String.valueOf(reason.getMessage()));
    }

    WayResult result(long byteSize) {
        String route = end.map(OwnerEnd::route).orElse("");
        return new WayResult(way(), way.kind(), route, byteSize, nanos, outcome, problem);
    }

    @Override
    public void close() throws IOException {
        if (end.isPresent()) {
            end.get().close();
        }
    }
}
