package org.dray.internal.directory;

import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.dray.Access;
import org.dray.CopyStatus;
import org.dray.spi.BackendException;
import org.dray.spi.Extents;

/** What this process has published, and the proof that no peer uses a region any more. */
public final class OwnerDirectory {
    private static final int RESERVE_BYTES = 1 << 16;
    private static final int SINGLE_USE_PAGE_BYTES = 4096;

    private final Instance instance;
    private final SharedWords regions;
    private final SharedWords claims;
    private final LaneWatch lanes;
    private final SlotAllocator slots = new SlotAllocator(RegionsLayout.SLOT_COUNT);
    private final BitSet reservedSingleUsePages = new BitSet();
    private long reservedBytes;

    private OwnerDirectory(Instance instance, SharedWords regions, SharedWords claims) {
        this.instance = instance;
        this.regions = regions;
        this.claims = claims;
        this.lanes = new LaneWatch(instance, claims);
    }

    /**
     * Makes the two files.
     *
     * @param instance whose they are
     * @return the directory, with nothing published
     * @throws IOException if there is no space for them
     */
    public static OwnerDirectory create(Instance instance) throws IOException {
        boolean complete = false;
        try {
            OwnerDirectory directory = make(instance);
            instance.madeShared();
            complete = true;
            return directory;
        } finally {
            if (!complete) {
                // The next attempt makes them anew, when there is space again.
                Files.deleteIfExists(instance.file(Instance.CLAIMS));
                Files.deleteIfExists(instance.file(Instance.REGIONS));
            }
        }
    }

    private static OwnerDirectory make(Instance instance) throws IOException {
        SharedWords claims = SharedWords.create(instance.file(Instance.CLAIMS), ClaimsLayout.FILE_BYTES);
        SharedWords.reserve(instance.file(Instance.CLAIMS), 0, ClaimsLayout.SINGLE_USE_OFFSET);
        claims.set(ClaimsLayout.FORMAT_OFFSET, ClaimsLayout.FORMAT);
        claims.set(ClaimsLayout.INSTANCE_OFFSET, instance.self().instance());
        claims.set(0, ClaimsLayout.MAGIC);

        SharedWords regions = SharedWords.create(instance.file(Instance.REGIONS), RegionsLayout.FILE_BYTES);
        SharedWords.reserve(instance.file(Instance.REGIONS), 0, RegionsLayout.HEADER_BYTES);
        regions.set(RegionsLayout.FORMAT_OFFSET, ClaimsLayout.FORMAT);
        regions.set(RegionsLayout.SLOT_COUNT_OFFSET, RegionsLayout.SLOT_COUNT);
        ByteBuffer id = ByteBuffer.wrap(instance.self().toBytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < id.capacity(); i += Long.BYTES) {
            regions.set(RegionsLayout.PEER_ID_OFFSET + i, id.getLong(i));
        }
        regions.set(0, RegionsLayout.MAGIC);
        return new OwnerDirectory(instance, regions, claims);
    }

    /**
     * Lets peers find a region.
     *
     * @param backendId whose region it is
     * @param access what peers may do
     * @param singleUse whether only one copy may start
     * @param extents where its bytes are
     * @param trialSlot slot of the engine's trial region, or -1
     * @return where it is published
     * @throws BackendException with RESOURCE_LIMIT if there is no slot or no space left
     */
    public synchronized Publication publish(
            String backendId, Access access, boolean singleUse, Extents extents, int trialSlot)
            throws BackendException {
        if (extents.count() > RegionsLayout.MAX_EXTENTS) {
            throw exhausted(extents.count() + " segments; a region that peers can reach has at most "
                    + RegionsLayout.MAX_EXTENTS);
        }
        int further = Math.max(0, extents.count() - RegionsLayout.EXTENTS_INLINE);
        int[] taken = new int[1 + (further + RegionsLayout.EXTENTS_FURTHER - 1) / RegionsLayout.EXTENTS_FURTHER];
        int count = 0;
        try {
            while (count < taken.length) {
                taken[count] = slots.take();
                if (taken[count] == RegionsLayout.NONE) {
                    throw exhausted("all " + RegionsLayout.SLOT_COUNT
                            + " slots of the shared directory are in use: close regions");
                }
                count++;
                reserveSlot(taken[count - 1]);
            }
            if (singleUse) {
                reserveSingleUse(taken[0]);
            }
        } catch (IOException e) {
            giveBack(taken, count);
            throw exhausted("no space for the shared directory: " + e);
        } catch (BackendException e) {
            giveBack(taken, count);
            throw e;
        }
        int generation = slots.nextGeneration(taken[0]);
        write(taken, generation, backendId, access, singleUse, extents, trialSlot);
        return new Publication(taken[0], generation, singleUse, Arrays.copyOfRange(taken, 1, taken.length));
    }

    private void write(
            int[] taken,
            int generation,
            String backendId,
            Access access,
            boolean singleUse,
            Extents extents,
            int trialSlot) {
        int at = RegionsLayout.slotOffset(taken[0]);
        ByteBuffer id = ByteBuffer.wrap(Arrays.copyOf(backendId.getBytes(StandardCharsets.US_ASCII), 16))
                .order(ByteOrder.LITTLE_ENDIAN);
        regions.setPlain(at + RegionsLayout.LENGTH, extents.byteSize());
        regions.setPlain(
                at + RegionsLayout.FLAGS, access.code() | (singleUse ? 0x100L : 0) | ((long) extents.count() << 32));
        int next = taken.length > 1 ? taken[1] : RegionsLayout.NONE;
        regions.setPlain(at + RegionsLayout.LINKS, (trialSlot & 0xffff_ffffL) | ((long) next << 32));
        regions.setPlain(at + RegionsLayout.BACKEND, id.getLong(0));
        regions.setPlain(at + RegionsLayout.BACKEND + Long.BYTES, id.getLong(Long.BYTES));
        regions.setPlain(at + RegionsLayout.KEY, extents.key());
        int done = writeExtents(at + RegionsLayout.EXTENTS, extents, 0, RegionsLayout.EXTENTS_INLINE);
        for (int i = 1; i < taken.length; i++) {
            int further = RegionsLayout.slotOffset(taken[i]);
            regions.setPlain(further, 0);
            regions.setPlain(
                    further + RegionsLayout.FURTHER_NEXT, i + 1 < taken.length ? taken[i + 1] : RegionsLayout.NONE);
            done = writeExtents(further + RegionsLayout.FURTHER_EXTENTS, extents, done, RegionsLayout.EXTENTS_FURTHER);
        }
        if (singleUse) {
            claims.set(ClaimsLayout.singleUseOffset(taken[0]), generation & 0xffff_ffffL);
        }
        // Pairs with the two reads of the state in PeerDirectory.read: whoever sees it open sees all of the above.
        regions.setRelease(at, RegionsLayout.state(generation, true));
    }

    private int writeExtents(int at, Extents extents, int from, int most) {
        int to = Math.min(extents.count(), from + most);
        for (int i = from; i < to; i++) {
            int offset = at + (i - from) * 2 * Long.BYTES;
            regions.setPlain(offset, extents.base(i));
            regions.setPlain(offset + Long.BYTES, extents.lengthBytes(i));
        }
        return to;
    }

    /**
     * Hides a region from peers: no copy starts any more.
     *
     * @param publication what {@link #publish} gave
     */
    public void hide(Publication publication) {
        int at = RegionsLayout.slotOffset(publication.slot());
        regions.set(at, RegionsLayout.state(publication.generation(), false));
        // Pairs with the fence in CopyCell.claim: either the peer sees the slot closed, or we see its claim.
        VarHandle.fullFence();
    }

    /**
     * Waits until no peer uses a hidden region any more, and then gives its slot back. May be repeated after a failure.
     *
     * @param publication what was given to {@link #hide}
     * @param deadlineNanos how long to wait, as {@link System#nanoTime} counts
     * @return false if a peer still uses it: the slot stays taken
     */
    public boolean retire(Publication publication, long deadlineNanos) {
        if (!lanes.awaitNoClaim(publication.claim(), deadlineNanos)) {
            return false;
        }
        if (publication.singleUse()) {
            publication.retired(isConsumed(publication));
        }
        synchronized (this) {
            giveBack(publication.furtherSlots(), publication.furtherSlots().length);
            slots.give(publication.slot());
        }
        return true;
    }

    /**
     * Tells whether a peer has used a single-use region.
     *
     * @param publication what {@link #publish} gave
     * @return true once a copy has started; false for other regions
     */
    public boolean isConsumed(Publication publication) {
        if (!publication.singleUse()) {
            return false;
        }
        boolean consumedNow = claims.get(ClaimsLayout.singleUseOffset(publication.slot()))
                != (publication.generation() & 0xffff_ffffL);
        // Read after the word: as long as this is null, the word was the publication's own.
        Boolean consumedAtTheEnd = publication.consumedAtTheEnd();
        return consumedAtTheEnd == null ? consumedNow : consumedAtTheEnd;
    }

    private void giveBack(int[] taken, int count) {
        for (int i = 0; i < count; i++) {
            slots.give(taken[i]);
        }
    }

    private void reserveSlot(int slot) throws IOException {
        long end = (long) RegionsLayout.slotOffset(slot) + RegionsLayout.SLOT_BYTES;
        while (reservedBytes + RegionsLayout.HEADER_BYTES < end) {
            long offset = RegionsLayout.HEADER_BYTES + reservedBytes;
            SharedWords.reserve(instance.file(Instance.REGIONS), offset, RESERVE_BYTES);
            reservedBytes += RESERVE_BYTES;
        }
    }

    private void reserveSingleUse(int slot) throws IOException {
        int page = slot * Long.BYTES / SINGLE_USE_PAGE_BYTES;
        if (!reservedSingleUsePages.get(page)) {
            SharedWords.reserve(
                    instance.file(Instance.CLAIMS),
                    ClaimsLayout.SINGLE_USE_OFFSET + (long) page * SINGLE_USE_PAGE_BYTES,
                    SINGLE_USE_PAGE_BYTES);
            reservedSingleUsePages.set(page);
        }
    }

    private static BackendException exhausted(String message) {
        return new BackendException(CopyStatus.RESOURCE_LIMIT, 0, message, List.of());
    }
}
