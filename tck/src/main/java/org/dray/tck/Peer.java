package org.dray.tck;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.dray.Access;
import org.dray.RegionOption;
import org.dray.RegionToken;
import org.dray.Tokens;

/** Another process with Dray in it, that does what it is told. Objects there have names. */
final class Peer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final PeerJvm jvm;
    private String filePrefix = "";

    private Peer(PeerJvm jvm) {
        this.jvm = jvm;
    }

    static Peer start(Kit kit, String... jvmFlags) {
        return new Peer(PeerJvm.start(PeerCommand.of(kit, List.of(jvmFlags))));
    }

    private Reply call(String operation, Object... arguments) {
        return jvm.call(PATIENCE, operation, arguments);
    }

    /** Opens Dray; gives the prefix of the names of its files. */
    String open(Path directory, long closeTimeoutMillis) {
        filePrefix = call("open", directory, closeTimeoutMillis).text(0);
        return filePrefix;
    }

    /** What the names of all its files in the directory begin with. */
    String filePrefix() {
        return filePrefix;
    }

    /** Closes everything there, and complains about what is left. */
    void reset() {
        String left = call("reset").text(0);
        if (!left.isEmpty()) {
            throw new AssertionError("left behind in the other process: " + left);
        }
    }

    /** What constructing each provider brought with it, as far as it concerns this one. */
    String inertness(String backendId) {
        return call("inertness", backendId).text(0);
    }

    /** Registers and copies inside its own memory, where the engine can. */
    void useOnce() {
        call("useOnce");
    }

    /** How the process's answers to signals differ from those it began with. */
    String changedSignals() {
        return call("signals").text(0);
    }

    /** Uses the backend in a class loader of its own, and drops that; gives what was wrong. */
    String dropLoader(Path directory) {
        return call("dropLoader", directory).text(0);
    }

    /** The last lines that the process has printed. */
    List<String> printed() {
        return jvm.printed();
    }

    Reply select(String what, Path directory, String... backendIds) {
        return call("select", what, directory, String.join(",", backendIds));
    }

    /** Makes memory of one or more buffers, filled with a pattern. */
    void memory(String name, long seed, int... segmentBytes) {
        call("memory", name, seed, Wire.join(segmentBytes));
    }

    /** Makes memory in which one segment occurs many times, and is followed by another of the same length. */
    void tallMemory(String name, long seed, int times, int segmentBytes) {
        call("tallMemory", name, seed, times, segmentBytes);
    }

    /** Makes memory of whole pages by mmap, filled with a pattern. */
    void rawMemory(String name, long seed, int lengthBytes) {
        call("rawMemory", name, seed, lengthBytes);
    }

    /** Registers memory under the same name. */
    RegionToken register(String name, Access access, RegionOption... options) {
        return token(call("register", name, access, Wire.join(options)));
    }

    /** Makes a buffer with a pattern and registers it. */
    RegionToken share(String name, long seed, int lengthBytes, Access access, RegionOption... options) {
        memory(name, seed, lengthBytes);
        return register(name, access, options);
    }

    Tokens export(String name, Access access) {
        return Tokens.parse(call("export", name, access).bytes(0));
    }

    /** Wraps memory under the same name. */
    void wrap(String name) {
        call("wrap", name);
    }

    /** Attaches a token; gives the access of the region. */
    Access attach(String name, RegionToken token) {
        return Access.valueOf(call("attach", name, token.toBytes()).text(0));
    }

    void copy(String source, long sourceOffset, String destination, long destinationOffset, long lengthBytes) {
        call("copy", source, sourceOffset, destination, destinationOffset, lengthBytes);
    }

    /** Attaches each token and compares its bytes with the pattern of its index; gives what was wrong. */
    String attachAndCompareAll(List<RegionToken> tokens, int lengthBytes) {
        return call("compareAll", Wire.tokens(tokens), lengthBytes).text(0);
    }

    byte[] get(String memory, long offset, int lengthBytes) {
        return call("get", memory, offset, lengthBytes).bytes(0);
    }

    void put(String memory, long offset, byte[] bytes) {
        call("put", memory, offset, bytes);
    }

    void fill(String memory, long seed, long offset, long lengthBytes) {
        call("fill", memory, seed, offset, lengthBytes);
    }

    /** As {@link Place#difference}. */
    String difference(String memory, long seed, long patternOffset, long offset, long lengthBytes) {
        return call("difference", memory, seed, patternOffset, offset, lengthBytes)
                .text(0);
    }

    /** Unmaps whole pages of raw memory. */
    void unmap(String memory, long offset, long lengthBytes) {
        call("unmap", memory, offset, lengthBytes);
    }

    void close(String region) {
        call("close", region);
    }

    boolean isConsumed(String region) {
        return Boolean.parseBoolean(call("isConsumed", region).text(0));
    }

    /**
     * Copies in several threads at once, once each; gives the outcomes, {@code OK} or a status or an exception's name.
     */
    List<String> race(int threads, String source, String destination, long lengthBytes) {
        return call("race", threads, source, destination, lengthBytes).texts();
    }

    /** Copies again and again in a thread of its own, until that fails or is stopped. Returns when it has begun. */
    void startLoop(String source, String destination, long lengthBytes) {
        call("startLoop", source, destination, lengthBytes);
    }

    /** Waits until a loop has ended by itself; gives how, as {@link #race} does. */
    String awaitLoop() {
        return call("awaitLoop").text(0);
    }

    /** Stops a loop, if it goes on; gives how it ended, {@code OK} if nothing failed. */
    String stopLoop() {
        return call("stopLoop").text(0);
    }

    /** Replaces the program: nothing can be asked afterwards. */
    void exec() {
        jvm.send("exec");
        jvm.awaitSilence(PATIENCE);
    }

    /** Asks the process to end by {@code System.exit}. */
    void exit() {
        jvm.send("exit");
    }

    boolean awaitEnd(Duration limit) {
        return jvm.awaitEnd(limit);
    }

    void kill() {
        jvm.kill();
    }

    boolean isAlive() {
        return jvm.isAlive();
    }

    int pid() {
        return (int) jvm.pid();
    }

    private static RegionToken token(Reply reply) {
        return RegionToken.parse(reply.bytes(0));
    }

    @Override
    public void close() {
        jvm.close();
    }
}
