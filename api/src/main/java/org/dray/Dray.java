package org.dray;

import java.nio.ByteBuffer;
import java.util.List;
import org.dray.internal.DrayCore;

/**
 * The entry: finds the backends on the class path or module path, opens those that work here, and hands out their
 * engines and the regions that several engines share.
 *
 * <pre>{@code
 * try (Dray dray = Dray.load()) {                    // owner
 *     try (Exported region = dray.export(buffer, Access.READ)) {
 *         send(region.tokens().toBytes());
 *         awaitDone();
 *     }
 * }
 * try (Dray dray = Dray.load();                      // peer, in another process
 *         MemoryRegion far = dray.attach(Tokens.parse(bytes));
 *         MemoryRegion near = dray.wrap(buffer)) {
 *     far.engine().copy(far, 0, near, 0, far.byteSize());
 * }
 * }</pre>
 *
 * <p><b>Ownership.</b> A Dray owns its engines, an engine owns its regions and channels. Closing an owner closes what
 * it owns, innermost first; closing twice is harmless; everything throws {@link IllegalStateException} afterwards,
 * except what only tells what this Dray was: {@link #reports}, {@link #selection} and {@link #self}.
 *
 * <p><b>Threads.</b> All methods may be called from any thread at any time, also concurrently with {@link #close}.
 */
public interface Dray extends AutoCloseable {

    /**
     * Loads with the options that the system properties of {@link DrayProperties} describe.
     *
     * @return a new instance, independent of every other
     * @throws CopyException if a required backend cannot be used here; its findings say why
     * @throws IllegalArgumentException if the properties require a backend that is not on the path; the message lists
     *     those that are
     */
    static Dray load() {
        return load(DrayOptions.fromSystemProperties());
    }

    /**
     * Loads with explicit options; system properties are not read.
     *
     * @param options which backends are required, preferred or denied, and where files go
     * @return a new instance, independent of every other
     * @throws CopyException if a required backend cannot be used here; its findings say why
     * @throws IllegalArgumentException if the options require a backend that is not on the path; one that they only
     *     prefer or deny may be missing
     */
    static Dray load(DrayOptions options) {
        return DrayCore.load(options);
    }

    /**
     * What every backend on the path found out about this machine, usable or not, in order of id. Denied backends are
     * listed and were not probed.
     *
     * @return the reports
     */
    List<BackendReport> reports();

    /**
     * How the engines were chosen and ordered: a pure function of the reports and the options.
     *
     * @return the selection, best engine first
     */
    Selection selection();

    /**
     * The engines that copy, best first. Empty if no usable backend copies; {@link #selection} then says why.
     *
     * @return the same objects at every call
     */
    List<CopyEngine> engines();

    /**
     * One engine by the id of its backend.
     *
     * @param backendId for example {@code cma}
     * @return the same object at every call
     * @throws IllegalArgumentException if no backend of that id is on the path; the message lists those that are
     * @throws CopyException if it is on the path but cannot be used here; the findings say why
     */
    CopyEngine engine(String backendId);

    /**
     * The notifiers that watch local memory, best first.
     *
     * @return the same objects at every call; empty if no usable backend notifies
     */
    List<InvalidationNotifier> notifiers();

    /**
     * Makes own memory reachable for peers, through every engine that can share it.
     *
     * @param memory a direct buffer; the region is its bytes from position to limit; kept reachable until close
     * @param access what peers may do
     * @param options see {@link RegionOption}; a single use is counted for each engine's region, and a peer attaches
     *     one
     * @return the regions and their tokens
     * @throws IllegalArgumentException if the buffer is on the heap or empty, or read-only and {@code access} writes
     * @throws UnsupportedOperationException if no usable engine can share memory this way; the message explains
     * @throws CopyException if the system refused
     */
    Exported export(ByteBuffer memory, Access access, RegionOption... options);

    /**
     * Like {@link #export(ByteBuffer, Access, RegionOption...)}, for memory of several segments or above 2 GiB.
     *
     * @param memory a region from {@link #wrap} or {@link #wrapAddress}; may be closed afterwards, its memory stays
     *     reachable until the export is closed
     * @param access what peers may do
     * @param options see {@link RegionOption}
     * @return the regions and their tokens
     */
    Exported export(MemoryRegion memory, Access access, RegionOption... options);

    /**
     * Attaches a peer's region through the cheapest engine that both sides have and that passes a trial copy between
     * these two processes, in the directions that the owner published.
     *
     * @param tokens what the owner exported
     * @return a region of kind PEER; its engine is the one that was chosen
     * @throws CopyException if no engine can reach the owner; the findings say for each why, with the remedy
     */
    MemoryRegion attach(Tokens tokens);

    /**
     * Like {@link #attach(Tokens)}, for a caller who needs less than the owner published.
     *
     * @param tokens what the owner exported
     * @param needed what the caller will do; only these directions are tried
     * @return a region of kind PEER with access {@code needed}
     * @throws IllegalArgumentException if {@code needed} is wider than what the tokens grant
     * @throws CopyException if no engine can reach the owner; the findings say for each why
     */
    MemoryRegion attach(Tokens tokens, Access needed);

    /**
     * Runs the choice of {@link #attach(Tokens, Access)} without attaching, and says for each engine why it would win
     * or lose.
     *
     * @param tokens what the owner exported
     * @param needed what the caller would do
     * @return the candidates, the chosen one first
     */
    Selection explain(Tokens tokens, Access needed);

    /**
     * Makes own memory usable as the near side of a copy by any engine: nothing is pinned, there is no token, the
     * object is reusable.
     *
     * @param memory a direct buffer; the region is its bytes from position to limit; read-only buffers give READ
     * @return a region of kind LOCAL that belongs to no engine
     * @throws IllegalArgumentException if the buffer is on the heap: use {@link ByteBuffer#allocateDirect}
     */
    MemoryRegion wrap(ByteBuffer memory);

    /**
     * Like {@link #wrap(ByteBuffer)} with several segments that follow each other in the region.
     *
     * @param segments direct buffers, at least one; if any is read-only, the region's access is READ
     * @return a region of kind LOCAL that belongs to no engine
     * @throws IllegalArgumentException if a buffer is on the heap, or there is none
     */
    MemoryRegion wrap(List<ByteBuffer> segments);

    /**
     * <b>Unsafe.</b> Makes raw native memory usable like {@link #wrap}. This is the only place where an address enters
     * Dray: it must name {@code lengthBytes} accessible bytes for as long as {@code keepAlive} is reachable. An engine
     * that moves bytes by system calls answers a wrong address with a status; others may crash the process.
     *
     * @param address first byte
     * @param lengthBytes number of bytes, at least 1
     * @param keepAlive the object whose life keeps the memory valid; kept reachable as long as the region is in use
     * @return a region of kind LOCAL, READ_WRITE, that belongs to no engine
     * @throws IllegalArgumentException if the address is 0, or the range is empty or wraps around
     */
    MemoryRegion wrapAddress(long address, long lengthBytes, Object keepAlive);

    /**
     * What this process tells another about itself, so that the other can {@link #admit} it.
     *
     * @return at most 64 bytes when encoded
     */
    PeerId self();

    /**
     * Lets one peer in where the kernel asks the owner: names it as permitted tracer under Yama, and whatever else a
     * backend needs. Not needed where attach succeeds; findings name it as the remedy where it is.
     *
     * <p><b>A peer of another user</b> also needs the shared files of this Dray, which only its own user can open
     * otherwise. Admitting one opens them, those that there are and those to come, to <i>every</i> user who knows their
     * names; files have no modes for a single user. The directory becomes 0711: it can be passed and not listed. Names
     * hold the number of this Dray, which tokens and identities carry: its pid and 32 random bits. Other instances of
     * this process's user stay closed, files of backends stay as their backends made them, and nothing closes what was
     * opened until Dray is closed; the directory keeps its mode. A peer of this process's own user opens nothing.
     *
     * <p>What the files give away, to the peer and to whoever else has a name, is where regions lie, and no byte of
     * them: whether memory may be copied is still the kernel's decision. But who can write claims can spend the only
     * use of a region, take all lanes, hold a close up to its bound so that it answers BUSY, wipe out a peer's claim so
     * that its copy may still run when the close has returned, and truncate the file, which is an {@link InternalError}
     * in whoever uses it. A third user without a name can do none of this: he can see that the directory is there, and
     * try names.
     *
     * <p>In turn, a process that attaches to another user's region lets every user pass its own directory and see by
     * its lock file that it lives.
     *
     * @param peer what the peer got from its own {@link #self}
     * @throws CopyException if the system refused; engines and files are tried all the same
     */
    void admit(PeerId peer);

    /**
     * Closes every region, then every engine. Waits for copies in flight, own and peers', up to the declared bound of
     * {@link DrayOptions#closeTimeoutNanos}.
     *
     * @throws CopyException with BUSY if a peer's copy did not end within the bound: the memory it writes to stays held
     *     by this process until it ends, everything else is closed
     */
    @Override
    void close();
}
