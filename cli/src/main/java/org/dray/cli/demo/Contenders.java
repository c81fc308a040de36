package org.dray.cli.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** All ways of transfer, side by side. */
final class Contenders implements AutoCloseable {
    private final List<Contender> all;

    Contenders(List<Way> ways) {
        all = ways.stream().map(Contender::new).toList();
    }

    void connect(PeerProcess peer, Segments source, Path scratch) {
        all.forEach(contender -> contender.connect(peer, source, scratch));
    }

    /**
     * Every way in turn, once to warm up and then as often as asked. A disturbance of the machine hits all alike, and
     * every round leaves another byte in the memory before: what equals it by chance in one round does not in the next.
     */
    void race(PeerProcess peer, String sha256, int rounds, Steps steps) {
        List<Contender> connected = all.stream().filter(Contender::isRunning).toList();
        steps.begin(connected.size() * (rounds + 1));
        for (int round = 0; round <= rounds; round++) {
            for (Contender contender : connected) {
                steps.next(contender.way());
                if (contender.isRunning()) {
                    contender.transfer(peer, (byte) ~round, sha256, round > 0);
                }
            }
        }
    }

    List<WayResult> results(long byteSize) {
        return all.stream().map(contender -> contender.result(byteSize)).toList();
    }

    @Override
    public void close() throws IOException {
        closeFrom(0);
    }

    /** Closes all, whatever one of them throws. */
    private void closeFrom(int index) throws IOException {
        if (index < all.size()) {
            Contender contender = all.get(index);
            try (contender) {
                closeFrom(index + 1);
            }
        }
    }
}
