package org.dray.internal.directory;

import java.lang.invoke.VarHandle;
import java.nio.LongBuffer;

/**
 * One region of another process, as every copy sees it: the word that says whether it is still published, and the
 * claims that tell the owner who uses it. All that a copy needs is in this object, and the words are read and written
 * plainly between fences: what a copy costs beside its system call is mostly the cache lines that the call has driven
 * out.
 */
public final class PeerSlot {
    private final LongBuffer regions;
    private final LongBuffer claims;
    private final int stateIndex;
    private final int claimIndex;
    private final long published;
    private final long claim;
    private final SharedWords claimWords;
    private final int singleUseOffset;
    private final long unused;

    PeerSlot(SharedWords regionWords, SharedWords claimWords, int lane, int slot, int generation) {
        this.regions = regionWords.asLongs();
        this.claims = claimWords.asLongs();
        this.stateIndex = RegionsLayout.slotOffset(slot) / Long.BYTES;
        this.claimIndex = ClaimsLayout.claimOffset(lane, 0, 0) / Long.BYTES;
        this.published = RegionsLayout.state(generation, true);
        this.claim = ClaimsLayout.claim(slot, generation);
        this.claimWords = claimWords;
        this.singleUseOffset = ClaimsLayout.singleUseOffset(slot);
        this.unused = generation & 0xffff_ffffL;
    }

    /**
     * Tells the owner that a copy is about to use the region. The caller then checks {@link #isPublished}.
     *
     * @param contextIndex of the copy
     * @param side 0 for the source, 1 for the destination
     */
    public void claim(int contextIndex, int side) {
        claims.put(claimIndex + 2 * contextIndex + side, claim);
        // Pairs with the fence in OwnerDirectory.hide: either it sees the claim, or the copy sees the slot closed.
        VarHandle.fullFence();
    }

    /**
     * Tells the owner that the copy has ended.
     *
     * @param contextIndex of the copy
     * @param side as it was claimed
     */
    public void unclaim(int contextIndex, int side) {
        VarHandle.releaseFence();
        claims.put(claimIndex + 2 * contextIndex + side, 0);
    }

    /**
     * Whether the owner still publishes the region. What was read before this is older than the answer, what is read
     * after it is newer.
     */
    public boolean isPublished() {
        VarHandle.acquireFence();
        long state = regions.get(stateIndex);
        VarHandle.acquireFence();
        return state == published;
    }

    /**
     * Takes the only use of a single-use region.
     *
     * @return false if somebody else was first
     */
    public boolean consume() {
        return claimWords.compareAndSet(singleUseOffset, unused, ~unused);
    }

    /**
     * Tells whether a single-use region was used.
     *
     * @return true once a copy has started
     */
    public boolean isConsumed() {
        return claimWords.get(singleUseOffset) != unused;
    }
}
