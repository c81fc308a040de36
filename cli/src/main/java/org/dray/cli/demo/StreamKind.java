package org.dray.cli.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** What plain Java offers between two processes. */
enum StreamKind {
    UNIX_SOCKET {
        @Override
        StreamListener listen(Path directory) throws IOException {
            return Sockets.listenUnix(directory);
        }

        @Override
        StreamConnection connect(String address) throws IOException {
            return Sockets.connectUnix(address);
        }
    },
    PIPE {
        @Override
        StreamListener listen(Path directory) throws IOException {
            return Fifos.listen(directory);
        }

        @Override
        StreamConnection connect(String address) throws IOException {
            return Fifos.connect(address);
        }
    },
    TCP {
        @Override
        StreamListener listen(Path directory) throws IOException {
            return Sockets.listenTcp();
        }

        @Override
        StreamConnection connect(String address) throws IOException {
            return Sockets.connectTcp(address);
        }
    };

    /** What tables and requests call it, for example {@code unix-socket}. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static StreamKind of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    abstract StreamListener listen(Path directory) throws IOException;

    abstract StreamConnection connect(String address) throws IOException;
}
