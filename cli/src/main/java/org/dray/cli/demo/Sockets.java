package org.dray.cli.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** Unix domain sockets and loopback TCP. */
final class Sockets {
    private Sockets() {}

    static StreamListener listenUnix(Path directory) throws IOException {
        Path path = directory.resolve("socket");
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(path));
        return new SocketListener(server, path.toString());
    }

    static StreamListener listenTcp() throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
        return new SocketListener(server, Integer.toString(port));
    }

    static StreamConnection connectUnix(String path) throws IOException {
        return connection(SocketChannel.open(UnixDomainSocketAddress.of(path)));
    }

    static StreamConnection connectTcp(String port) throws IOException {
        SocketAddress owner = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
        SocketChannel socket = SocketChannel.open(owner);
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return connection(socket);
    }

    private static StreamConnection connection(SocketChannel socket) throws IOException {
        return new StreamConnection(socket, socket, socket.getLocalAddress().toString());
    }

    private record SocketListener(ServerSocketChannel server, String address) implements StreamListener {
        @Override
        public StreamConnection accept(String peerAddress) throws IOException {
            while (true) {
                SocketChannel socket = server.accept();
                if (socket.getRemoteAddress().toString().equals(peerAddress)) {
                    return connection(socket);
                }
                socket.close();
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
