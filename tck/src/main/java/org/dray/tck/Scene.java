package org.dray.tck;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.dray.Dray;
import org.dray.DrayOptions;
import org.jspecify.annotations.Nullable;

/**
 * What one test uses: a directory of its own, Dray, other processes. Ends with everything closed in reverse order and a
 * look at what is left behind. Mappings are looked at later, see {@link Kit#close}.
 */
final class Scene {
    static final long CLOSE_TIMEOUT_MILLIS = 2000;

    private final Kit kit;
    private final Path directory;
    private final Seeded seeded;
    private final Traces before;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final List<String> killed = new ArrayList<>();
    private Optional<Dray> dray = Optional.empty();
    private Optional<Peer> peer = Optional.empty();
    private Optional<Places> places = Optional.empty();
    private String note = "";
    private Optional<Brake> brake = Optional.empty();

    Scene(Kit kit, Rule rule) {
        this.kit = kit;
        this.directory = kit.directory().resolve(rule.id());
        Users.share(directory);
        this.seeded = new Seeded(kit.effort().seed(), rule);
        kit.warmPeer();
        this.before = Traces.now();
    }

    Kit kit() {
        return kit;
    }

    Seeded seeded() {
        return seeded;
    }

    /** What all files of this test lie in, at some depth. */
    Path directory() {
        return directory;
    }

    /** What a Dray of this test is given as its directory. */
    Path drayDirectory() {
        return Users.directory(directory);
    }

    /** Dray with the backend under test and nothing else, the same one for the whole test. */
    Dray dray() {
        if (dray.isEmpty()) {
            dray = Optional.of(load(options()));
        }
        return dray.get();
    }

    /** Forgets the test's Dray, which the test has closed itself; the next use loads another. */
    void reopen() {
        dray = Optional.empty();
        places = Optional.empty();
    }

    DrayOptions options() {
        DrayOptions.Builder options = kit.options(drayDirectory())
                .closeTimeoutNanos(Duration.ofMillis(CLOSE_TIMEOUT_MILLIS).toNanos());
        brake.ifPresent(options::executor);
        return options.build();
    }

    /** From now on every Dray of this test runs asynchronous copies on an executor that holds them back. */
    Brake brake() {
        Brake made = closeLater(new Brake());
        brake = Optional.of(made);
        return made;
    }

    /** What was measured, for the certificate. */
    void note(String measured) {
        note = measured;
    }

    String note() {
        return note;
    }

    /** A further Dray, closed at the end of the test. */
    Dray load(DrayOptions options) {
        return closeLater(Users.admit(kit.subject().load(options)));
    }

    <T extends AutoCloseable> T closeLater(T resource) {
        open.push(resource);
        return resource;
    }

    /** The warm process, with a Dray in this test's directory. */
    Peer peer() {
        if (peer.isEmpty()) {
            Peer warm = kit.warmPeer();
            warm.open(drayDirectory(), CLOSE_TIMEOUT_MILLIS);
            peer = Optional.of(warm);
        }
        return peer.get();
    }

    /** Regions of every kind, one set for the whole test. */
    Places places() {
        if (places.isEmpty()) {
            places = Optional.of(new Places(this));
        }
        return places.get();
    }

    /** A process of this test's own, for what it does not survive. */
    Peer ownPeer(String... jvmFlags) {
        Peer own = closeLater(Peer.start(kit, jvmFlags));
        killed.add(own.open(drayDirectory(), CLOSE_TIMEOUT_MILLIS));
        return own;
    }

    /** Ends the test; gives back the first failure, with those that followed added to it. */
    @Nullable
    Throwable end(@Nullable Throwable bodyFailure) {
        List<Throwable> failures = new ArrayList<>();
        if (bodyFailure != null) {
            failures.add(bodyFailure);
        }
        peer.ifPresent(it -> attempt(it::reset, failures));
        while (!open.isEmpty()) {
            AutoCloseable next = open.pop();
            attempt(next::close, failures);
        }
        // The test object lives on in JUnit: what it refers to could not be collected.
        reopen();
        attempt(this::requireNothingLeft, failures);
        Directories.delete(directory);
        if (failures.isEmpty()) {
            return null;
        }
        failures.stream().skip(1).forEach(failures.get(0)::addSuppressed);
        return failures.get(0);
    }

    private void requireNothingLeft() {
        List<String> left = new ArrayList<>(before.left());
        Directories.names(directory).stream()
                .filter(name -> killed.stream().noneMatch(name::startsWith))
                .map(name -> "file " + name)
                .forEach(left::add);
        if (!left.isEmpty()) {
            throw new AssertionError("left behind after everything was closed: " + left);
        }
    }

    private static void attempt(Kit.Body action, List<Throwable> failures) {
        try {
            action.run();
        } catch (Throwable e) {
            failures.add(e);
        }
    }
}
