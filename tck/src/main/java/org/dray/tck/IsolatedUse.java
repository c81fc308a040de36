package org.dray.tck;

import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.dray.CopyEngine;
import org.dray.Dray;
import org.dray.DrayOptions;

/**
 * Uses a backend in a class loader that has a Dray, a kit and a backend of its own, as an application server's
 * applications have.
 */
final class IsolatedUse implements Runnable {
    private static final int LENGTH_BYTES = 100_000;

    private final String testClass;
    private final Path directory;

    IsolatedUse(String testClass, Path directory) {
        this.testClass = testClass;
        this.directory = directory;
    }

    /** Uses the backend and drops the class loader; gives what was wrong, or nothing. */
    static String dropped(String testClass, Path directory) {
        try {
            WeakReference<ClassLoader> loader = use(testClass, directory);
            LastRecord.compare();
            boolean collected = Patience.collectingUntil(Duration.ofSeconds(5), () -> loader.refersTo(null));
            return collected ? "" : "the class loader is still there";
        } catch (ExecutionException e) {
            return String.valueOf(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return e.toString();
        } catch (IOException | ReflectiveOperationException e) {
            return e.toString();
        }
    }

    private static WeakReference<ClassLoader> use(String testClass, Path directory)
            throws ExecutionException, InterruptedException, IOException, ReflectiveOperationException {
        try (URLClassLoader loader =
                new URLClassLoader("dray-tck", classPath(), ClassLoader.getPlatformClassLoader())) {
            var constructor =
                    loader.loadClass(IsolatedUse.class.getName()).getDeclaredConstructor(String.class, Path.class);
            constructor.setAccessible(true);
            FutureTask<?> use = new FutureTask<>((Runnable) constructor.newInstance(testClass, directory), null);
            Thread thread = new Thread(use, "dray-tck-isolated");
            thread.setDaemon(true);
            thread.setContextClassLoader(loader);
            thread.start();
            use.get();
            thread.join();
            return new WeakReference<>(loader);
        }
    }

    private static URL[] classPath() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            urls.add(new File(entry).toURI().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    @Override
    public void run() {
        BackendFixture fixture;
        try {
            fixture = BackendTck.fixtureOf(testClass);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
        DrayOptions options = DrayOptions.builder()
                .require(fixture.backendId())
                .directory(directory)
                .build();
        try (Dray dray = Subject.of(fixture).load(options)) {
            copyOnce(dray.engine(fixture.backendId()));
        }
    }

    /** Copies inside the own memory, where the engine can do that without a space of its own. */
    static void copyOnce(CopyEngine engine) {
        int lengthBytes = Math.toIntExact(Units.whole(LENGTH_BYTES, Units.of(engine.info())));
        NearPair.inMemory(engine, lengthBytes, it -> it).ifPresent(it -> it.copyExactly(1));
    }

    /** JDK 17 holds on to the component types of the record whose equals was linked last. */
    private record LastRecord(Level ofThisLoader) {
        static void compare() {
            Expect.same(new LastRecord(Level.MUST), new LastRecord(Level.MUST), "a record");
        }
    }
}
