package org.dray.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.dray.Dray;

/** The second JVM of the demo: does what the first one asks, a line at a time. */
public final class Peer implements AutoCloseable {
    private final Decorator decorator;
    private final Map<String, PeerEnd> ends = new HashMap<>();
    private final Map<String, Dray> loaded = new HashMap<>();
    private Segments destination = Segments.allocate(0);

    /** Puts something between the demo and an end. */
    interface Decorator {
        PeerEnd decorate(String way, PeerEnd end, Segments destination);
    }

    private Peer(Decorator decorator) {
        this.decorator = decorator;
    }

    /** Serves until standard input ends, which it does when the owner ends. */
    public static void main(String[] args) throws Exception {
        run((way, end, destination) -> end);
    }

    static void run(Decorator decorator) throws Exception {
        InputStream requests = System.in;
        PrintStream replies = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        LinesOfOwner owner = LinesOfOwner.read(requests);
        try (Peer peer = new Peer(decorator)) {
            for (String line = owner.next(); !line.isEmpty(); line = owner.next()) {
                replies.println(Lines.of(peer.answer(Lines.parse(line, Request.class))));
            }
        }
    }

    /** Whatever goes wrong is the owner's to report. */
    private Reply answer(Request request) {
        try {
            return switch (request.verb()) {
                case ALLOCATE -> allocate(request.number());
                case LOAD -> load(request.way(), request.text());
                case ATTACH -> attach(request.way(), HexFormat.of().parseHex(request.text()));
                case CONNECT -> connect(request.way(), request.text());
                case TRANSFER -> transfer(request.way(), (byte) request.number());
            };
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            return Reply.failed(e);
        }
    }

    private Reply allocate(long byteSize) {
        destination = Segments.allocate(byteSize);
        return Reply.of("");
    }

    private Reply load(String way, String backendId) {
        Dray dray = Dray.load(BackendWay.only(backendId));
        loaded.put(way, dray);
        return Reply.of(HexFormat.of().formatHex(dray.self().toBytes()));
    }

    private Reply attach(String way, byte[] tokens) {
        Dray dray = loaded.get(way);
        if (dray == null) {
            throw new IllegalStateException("attach before load of " + way);
        }
        BackendPeer end = BackendPeer.attach(dray, tokens, destination);
        loaded.remove(way);
        ends.put(way, decorator.decorate(way, end, destination));
        return Reply.of(end.route());
    }

    private Reply connect(String stream, String address) throws IOException {
        StreamConnection connection = StreamKind.of(stream).connect(address);
        ends.put(stream, decorator.decorate(stream, new StreamPeer(connection, destination), destination));
        return Reply.of(connection.address());
    }

    private Reply transfer(String way, byte poison) throws IOException {
        PeerEnd end = ends.get(way);
        if (end == null) {
            throw new IllegalStateException("transfer before " + way + " was opened");
        }
        destination.fill(poison);
        long start = System.nanoTime();
        end.receive();
        long nanos = System.nanoTime() - start;
        return Reply.transferred(nanos, destination.sha256());
    }

    @Override
    public void close() throws IOException {
        loaded.values().forEach(Dray::close);
        for (PeerEnd end : ends.values()) {
            end.close();
        }
    }
}
