package org.dray.tck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dray.BackendReport;
import org.dray.CopyEngine;
import org.dray.CopyException;
import org.dray.Dray;
import org.dray.DrayOptions;
import org.dray.EngineInfo;
import org.dray.RegionToken;
import org.dray.spi.BackendProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.opentest4j.TestAbortedException;

/**
 * What all rules of one test class share: the backend, the directory for files, and one other JVM that is kept warm.
 * Everything that the process keeps once it has been used, such as native libraries and JUnit's own threads, is there
 * before the first rule begins, so that a leak is not mistaken for it.
 */
final class Kit implements AutoCloseable {
    private static final Namespace NAMESPACE = Namespace.create(Kit.class);
    private static final Duration SETTLE = Duration.ofSeconds(2);

    private final Class<?> testClass;
    private final String backendId;
    private final Subject subject;
    private final Effort effort;
    private final Path directory;
    private final Ledger ledger;
    private final Optional<BackendProvider> provider;
    private Optional<String> whyNot = Optional.empty();
    private Optional<Throwable> broken = Optional.empty();
    private Optional<EngineInfo> info = Optional.empty();
    private Optional<Peer> warmPeer = Optional.empty();
    private final Map<Rule, String> finished = new EnumMap<>(Rule.class);

    /** What a rule does. */
    interface Body {
        void run() throws Throwable;
    }

    Kit(Class<?> testClass, BackendFixture fixture) {
        this.testClass = testClass;
        this.backendId = fixture.backendId();
        this.subject = Subject.of(fixture);
        this.effort = Effort.fromSystemProperties();
        this.directory = makeDirectory();
        this.ledger = Ledger.of(testClass.getName());
        this.provider = Providers.find(backendId);
        open();
    }

    static Kit of(ExtensionContext context) {
        ExtensionContext top = context;
        while (top.getParent().flatMap(ExtensionContext::getTestClass).isPresent()) {
            top = top.getParent().orElseThrow();
        }
        BackendTck test = context.getRequiredTestInstances()
                .findInstance(BackendTck.class)
                .orElseThrow();
        return top.getStore(NAMESPACE)
                .getOrComputeIfAbsent(Kit.class, any -> new Kit(test.getClass(), test.fixture()), Kit.class);
    }

    private void open() {
        Optional<BackendReport> report = Optional.empty();
        if (!RegionToken.isBackendId(backendId) || provider.isEmpty()) {
            whyNot = Optional.of("no backend '" + backendId + "' on the path; there are " + Providers.ids());
        } else {
            try {
                report = Optional.of(provider.get().probe());
                info = Optional.of(tryOut());
            } catch (CopyException unusable) {
                whyNot = Optional.of(
                        unusable.getMessage() + report.map(it -> "\n" + it).orElse(""));
            } catch (RuntimeException | LinkageError e) {
                broken = Optional.of(e);
            }
        }
        ledger.record(new Facts(
                backendId,
                provider.flatMap(Providers::artifactSha256),
                report,
                info,
                Instant.now(),
                effort.seed(),
                effort.factor()));
    }

    private EngineInfo tryOut() {
        try (Dray dray = subject.load(options(directory.resolve("first")).build())) {
            CopyEngine engine = dray.engine(backendId);
            if (!engine.id().equals(backendId)) {
                throw new IllegalStateException("asked for '" + backendId + "', got '" + engine.id() + "'");
            }
            return engine.info();
        }
    }

    /** Runs one test, unless the backend cannot be opened or the rule does not apply to it; gives what was measured. */
    String run(Rule rule, String uniqueId, RuleGroup group, Body body) throws Throwable {
        finished.put(rule, uniqueId);
        whyNot.ifPresent(reason -> {
            throw new NotRun(reason);
        });
        if (broken.isPresent()) {
            throw new Violation(rule, broken.get(), effort);
        }
        rule.whyNotApplicable(info()).ifPresent(reason -> {
            throw new NotApplicable(rule.id() + " does not apply: " + reason);
        });
        Scene scene = new Scene(this, rule);
        group.enter(scene);
        @Nullable Throwable failure = null;
        try {
            body.run();
        } catch (Throwable e) {
            failure = e;
        }
        failure = scene.end(failure);
        if (failure instanceof TestAbortedException) {
            throw failure;
        }
        if (failure != null) {
            throw new Violation(rule, failure, effort);
        }
        return scene.note();
    }

    /** Options that take the backend under test and nothing else. */
    DrayOptions.Builder options(Path drayDirectory) {
        return DrayOptions.builder().require(backendId).directory(drayDirectory);
    }

    /** The other JVM that serves all rules which leave it alive. */
    Peer warmPeer() {
        Peer peer = warmPeer.filter(Peer::isAlive).orElseGet(() -> Peer.start(this));
        warmPeer = Optional.of(peer);
        return peer;
    }

    String backendId() {
        return backendId;
    }

    Class<?> testClass() {
        return testClass;
    }

    Subject subject() {
        return subject;
    }

    Effort effort() {
        return effort;
    }

    Path directory() {
        return directory;
    }

    Ledger ledger() {
        return ledger;
    }

    BackendProvider provider() {
        return provider.orElseThrow();
    }

    EngineInfo info() {
        return info.orElseThrow();
    }

    private static Path makeDirectory() {
        try {
            Path directory = Files.createTempDirectory("dray-tck-");
            Users.share(directory);
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException("no directory for the files of the run", e);
        }
    }

    /**
     * Ends the run. Only now are mappings looked for, because only a collection removes them, and a hundred collections
     * would take longer than all rules together; their path tells which rule made them.
     */
    @Override
    public void close() {
        warmPeer.ifPresent(Peer::close);
        Directories.delete(directory);
        List<Rule> leaky = finished.keySet().stream().filter(this::hasMappings).toList();
        leaky.forEach(rule -> ledger.mark(
                String.valueOf(finished.get(rule)), Ledger.Mark.FAILED, "mappings of files are left after close"));
        if (!leaky.isEmpty()) {
            throw new AssertionError("mappings of files are left after close by " + leaky);
        }
    }

    private boolean hasMappings(Rule rule) {
        String path = directory.resolve(rule.id()) + "/";
        return !Patience.collectingUntil(SETTLE, () -> Traces.mappingsOf(path) == 0);
    }
}
