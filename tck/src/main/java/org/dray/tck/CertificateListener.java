package org.dray.tck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes a certificate for every class of a test plan that extends {@link BackendTck}. JUnit finds it by itself as soon
 * as the kit is on the path. The files go to the directory that the parameter {@value #OUT} names, else to
 * {@code target/tck/<class>}.
 */
public final class CertificateListener implements TestExecutionListener {
    /** Configuration parameter or system property: where certificates go, a directory for each class. */
    public static final String OUT = "dray.tck.out";

    private final Map<String, ClassRun> runs = new ConcurrentHashMap<>();
    private final Map<String, Long> startedNanos = new ConcurrentHashMap<>();
    private final Optional<Function<Class<?>, Path>> directories;
    private final Consumer<Certificate> receiver;
    private volatile Optional<TestPlan> plan = Optional.empty();

    /** One class of the plan. */
    private record ClassRun(Path directory, Assessment assessment, List<Finished> finished) {}

    /** A test that has ended; what it is worth is told when the class has ended, too. */
    private record Finished(String uniqueId, Method method, TestExecutionResult result, long durationMillis) {}

    /** For JUnit. Says on the log what came of each class. */
    public CertificateListener() {
        this.directories = Optional.empty();
        this.receiver = CertificateListener::log;
    }

    CertificateListener(Function<Class<?>, Path> directories, Consumer<Certificate> receiver) {
        this.directories = Optional.of(directories);
        this.receiver = receiver;
    }

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        this.plan = Optional.of(plan);
        Path out = Path.of(plan.getConfigurationParameters().get(OUT).orElse("target/tck"));
        for (TestIdentifier root : plan.getRoots()) {
            plan.getDescendants(root)
                    .forEach(it -> tckClass(it)
                            .ifPresent(type -> runs.computeIfAbsent(type.getName(), name -> begin(type, out))));
        }
    }

    private ClassRun begin(Class<?> type, Path out) {
        Ledger.forget(type.getName());
        Path directory = directories.map(it -> it.apply(type)).orElse(out.resolve(type.getSimpleName()));
        CertificateFiles.delete(directory);
        return new ClassRun(directory, new Assessment(), Collections.synchronizedList(new ArrayList<>()));
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        startedNanos.put(test.getUniqueId(), System.nanoTime());
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        disabled(test, reason);
        plan.ifPresent(it -> it.getDescendants(test).forEach(below -> disabled(below, reason)));
    }

    private void disabled(TestIdentifier test, String reason) {
        method(test)
                .ifPresent(it -> run(test)
                        .ifPresent(run -> run.assessment()
                                .add(it, new Assessment.TestResult(Outcome.NOT_RUN, "disabled: " + reason, 0))));
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        Optional<ClassRun> run = run(test);
        Optional<Method> method = method(test);
        if (run.isPresent() && method.isPresent()) {
            long nanos = System.nanoTime() - startedNanos.getOrDefault(test.getUniqueId(), System.nanoTime());
            run.get().finished().add(new Finished(test.getUniqueId(), method.get(), result, nanos / 1_000_000));
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        runs.forEach(this::end);
        runs.clear();
    }

    private void end(String testClass, ClassRun run) {
        Ledger ledger = Ledger.of(testClass);
        run.finished()
                .forEach(it -> run.assessment()
                        .add(
                                it.method(),
                                Assessment.judge(it.result(), ledger.entry(it.uniqueId()), it.durationMillis())));
        Certificate certificate = Certificates.of(testClass, run.assessment(), ledger.facts());
        Ledger.forget(testClass);
        try {
            CertificateFiles.write(certificate, run.directory());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the certificate of " + testClass, e);
        }
        receiver.accept(certificate);
    }

    private static void log(Certificate certificate) {
        System.getLogger(CertificateListener.class.getName())
                .log(
                        System.Logger.Level.INFO,
                        certificate.testClass() + ": " + certificate.summary() + "; slowest rules: "
                                + certificate.slowestRules());
    }

    private Optional<ClassRun> run(TestIdentifier test) {
        return Optional.ofNullable(runs.get(className(test)));
    }

    /** The top-level class that a test belongs to, from its unique id. */
    private static String className(TestIdentifier test) {
        return test.getUniqueIdObject().getSegments().stream()
                .filter(segment -> segment.getType().equals("class"))
                .map(segment -> segment.getValue())
                .findFirst()
                .orElse("");
    }

    private static Optional<Class<?>> tckClass(TestIdentifier test) {
        return test.getSource()
                .filter(ClassSource.class::isInstance)
                .<Class<?>>map(source -> ((ClassSource) source).getJavaClass())
                .filter(BackendTck.class::isAssignableFrom);
    }

    private static Optional<Method> method(TestIdentifier test) {
        return test.getSource()
                .filter(MethodSource.class::isInstance)
                .map(source -> ((MethodSource) source).getJavaMethod())
                .filter(method -> Rule.of(method)
                        .map(rule -> Edition.testsOf(rule).contains(method))
                        .orElse(false));
    }
}
