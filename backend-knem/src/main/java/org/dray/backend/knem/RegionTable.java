package org.dray.backend.knem;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.dray.Access;
import org.dray.CopyStatus;
import org.dray.linux.Errno;
import org.dray.linux.LinuxException;
import org.dray.spi.BackendException;
import org.dray.spi.Extents;
import org.jspecify.annotations.Nullable;

/**
 * The registered regions of one kind. The driver gives the lowest free cookie to the next region, so that the cookie of
 * a closed one would soon mean another's memory to whoever still holds it. Here no cookie is ever free again: an empty
 * region that allows nothing takes it at once, until the context has so many of them that it is replaced.
 *
 * <p>A copy frees the cookie of a single-use region without asking. Such cookies are taken before the next region is
 * registered, and such regions have contexts of their own.
 */
final class RegionTable implements AutoCloseable {
    static final int MAX_TOMBSTONES = 65_536;

    private static final int MAX_ROUNDS = 1000;

    private final String device;
    private final int kindFlags;
    private final int maxTombstones;
    private final Request request = new Request();
    private @Nullable Home current;

    /** A context with its regions. */
    private static final class Home {
        final KnemContext context;
        final Set<Long> issued = new HashSet<>();
        int tombstones;
        int regions;
        boolean retired;

        Home(KnemContext context) {
            this.context = context;
        }
    }

    /** A region that is registered. */
    static final class Registration {
        private final Home home;
        private final long cookie;

        private Registration(Home home, long cookie) {
            this.home = home;
            this.cookie = cookie;
        }

        long cookie() {
            return cookie;
        }
    }

    /**
     * A table without a context.
     *
     * @param kindFlags 0, or SINGLE_USE
     * @param maxTombstones after so many a context is replaced
     */
    RegionTable(String device, int kindFlags, int maxTombstones) {
        this.device = device;
        this.kindFlags = kindFlags;
        this.maxTombstones = maxTombstones;
    }

    /** Registers memory that stays where it is until the end of the registration. */
    synchronized Registration register(Extents memory, Access access, boolean anyUser) throws BackendException {
        Home home = home();
        int flags = kindFlags | (anyUser ? Abi.FLAG_ANY_USER : 0);
        int protection =
                (access.isReadable() ? Abi.PROTECTION_READ : 0) | (access.isWritable() ? Abi.PROTECTION_WRITE : 0);
        for (int round = 0; round < MAX_ROUNDS; round++) {
            fillHoles(home);
            if (!access.isWritable()) {
                takePages(home, memory, flags);
            }
            require("registration of " + memory.byteSize() + " bytes", create(home, memory, flags, protection));
            long cookie = request.cookie();
            if (home.issued.add(cookie)) {
                home.regions++;
                return new Registration(home, cookie);
            }
            request.destroy(home.context.fd(), cookie); // used up between two calls: the next round takes its place
        }
        throw new BackendException(
                CopyStatus.RESOURCE_LIMIT,
                0,
                "single-use regions are used up faster than this one can be registered",
                List.of());
    }

    private int create(Home home, Extents memory, int flags, int protection) {
        return request.create(home.context.fd(), memory, flags, protection);
    }

    private Home home() throws BackendException {
        if (current == null) {
            try {
                current = new Home(new KnemContext(device));
            } catch (LinuxException e) {
                throw Errors.refused(e);
            }
        }
        return current;
    }

    /** Takes the cookies that copies have freed, until the driver offers one that was never used. */
    private void fillHoles(Home home) throws BackendException {
        while (kindFlags != 0) {
            require("registration of nothing", request.createEmpty(home.context.fd(), kindFlags | Abi.FLAG_ANY_USER));
            if (!home.issued.contains(request.cookie())) {
                request.destroy(home.context.fd(), request.cookie());
                return;
            }
            home.tombstones++;
        }
    }

    /**
     * Pages that nobody has written to yet may be shared, with the zero page or a file: pinned for reading, readers
     * would see that one for ever, and never what the owner writes. Pinned for writing once, each page is the owner's
     * own. Memory that cannot be written to needs none of this.
     */
    private void takePages(Home home, Extents memory, int flags) throws BackendException {
        int result = create(home, memory, flags, Abi.PROTECTION_READ | Abi.PROTECTION_WRITE);
        if (result == 0) {
            request.destroy(home.context.fd(), request.cookie());
        } else if (result != -Errno.EFAULT) {
            require("registration of " + memory.byteSize() + " bytes", result);
        }
    }

    private static void require(String call, int result) throws BackendException {
        if (result < 0) {
            throw Errors.refused(call, -result);
        }
    }

    /** Ends a registration. Copies that run go on for a moment; none starts any more. */
    synchronized void end(Registration registration) {
        Home home = registration.home;
        int fd = home.context.fd();
        request.destroy(fd, registration.cookie); // refused for a region that is used up
        if (request.createEmpty(fd, kindFlags | Abi.FLAG_ANY_USER) == 0) {
            home.issued.add(request.cookie());
            home.tombstones++;
        } else {
            home.retired = true; // the cookie is free, so no region may follow
        }
        home.regions--;
        if (home.tombstones >= maxTombstones) {
            home.retired = true;
        }
        if (home.retired && current == home) {
            current = null;
        }
        if (home.retired && home.regions == 0) {
            home.context.close();
        }
    }

    /** After the last registration has ended. */
    @Override
    public synchronized void close() {
        if (current != null) {
            current.context.close();
            current = null;
        }
        request.close();
    }
}
