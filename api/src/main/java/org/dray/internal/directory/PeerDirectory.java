package org.dray.internal.directory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.dray.Access;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.PeerId;
import org.dray.spi.Extents;
import org.dray.spi.PublishedRegion;
import org.jspecify.annotations.Nullable;

/** Another process's directory, and this process's lane in it. */
public final class PeerDirectory implements AutoCloseable {
    private final PeerId owner;
    private final long selfInstance;
    private final SharedWords regions;
    private final SharedWords claims;
    private final int lane;

    private PeerDirectory(PeerId owner, long selfInstance, SharedWords regions, SharedWords claims, int lane) {
        this.owner = owner;
        this.selfInstance = selfInstance;
        this.regions = regions;
        this.claims = claims;
        this.lane = lane;
    }

    /**
     * Maps an owner's files and takes a lane.
     *
     * @param self this process
     * @param owner the process that published
     * @return the directory
     * @throws IOException if the files are not there or may not be opened
     * @throws CopyException if they are of another version or another process, or all lanes are taken
     */
    public static PeerDirectory open(Instance self, PeerId owner) throws IOException {
        SharedWords regions = SharedWords.open(self.file(owner, Instance.REGIONS), RegionsLayout.FILE_BYTES, false);
        requireHeader("regions", regions, RegionsLayout.MAGIC, RegionsLayout.FORMAT_OFFSET);
        if (!owner.equals(readOwner(regions))) {
            throw anotherOwner(owner);
        }
        SharedWords claims = SharedWords.open(self.file(owner, Instance.CLAIMS), ClaimsLayout.FILE_BYTES, true);
        requireHeader("claims", claims, ClaimsLayout.MAGIC, ClaimsLayout.FORMAT_OFFSET);
        if (claims.get(ClaimsLayout.INSTANCE_OFFSET) != owner.instance()) {
            throw anotherOwner(owner);
        }
        if (self.isOtherUser(owner.uid())) {
            // Before the first claim: the owner must be able to see whether this process lives.
            self.showAlive();
        }
        int lane = takeLane(self, claims, owner);
        return new PeerDirectory(owner, self.self().instance(), regions, claims, lane);
    }

    private static CopyException anotherOwner(PeerId owner) {
        return new CopyException(
                CopyStatus.PEER_REPLACED,
                "dray",
                "the directory of instance " + Long.toHexString(owner.instance()) + " belongs to another process than "
                        + owner);
    }

    private static void requireHeader(String what, SharedWords words, long magic, int formatOffset) {
        if (words.get(0) != magic) {
            throw new CopyException(
                    CopyStatus.TOKEN_INVALID, "dray", "the owner's file of " + what + " has the wrong magic");
        }
        long format = words.get(formatOffset);
        if (format >>> 16 != ClaimsLayout.MAJOR) {
            throw new CopyException(
                    CopyStatus.TOKEN_INVALID,
                    "dray",
                    "the owner's file of " + what + " has format version " + (format >>> 16) + "." + (format & 0xffff)
                            + ", this Dray reads " + ClaimsLayout.MAJOR + ".x");
        }
    }

    private static PeerId readOwner(SharedWords regions) {
        ByteBuffer bytes = ByteBuffer.allocate(PeerId.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < PeerId.BYTES; i += Long.BYTES) {
            bytes.putLong(regions.get(RegionsLayout.PEER_ID_OFFSET + i));
        }
        return PeerId.parse(bytes.array());
    }

    /** A lane is free, or taken over from a peer that has ended; its claims are cleared by the new holder alone. */
    private static int takeLane(Instance self, SharedWords claims, PeerId owner) {
        for (int round = 0; round < 2; round++) {
            for (int lane = 0; lane < ClaimsLayout.LANES; lane++) {
                int at = ClaimsLayout.laneOffset(lane);
                long holder = claims.get(at);
                boolean free = holder == 0
                        || (round == 1 && LaneWatch.isDead(self, (int) claims.get(at + ClaimsLayout.LANE_UID), holder));
                if (free && claims.compareAndSet(at, holder, self.self().instance())) {
                    claims.set(at + ClaimsLayout.LANE_UID, self.self().uid());
                    for (int i = 0; i < ClaimsLayout.CLAIMS; i++) {
                        claims.set(ClaimsLayout.claimOffset(lane, i / 2, i % 2), 0);
                    }
                    return lane;
                }
            }
        }
        throw new CopyException(
                CopyStatus.RESOURCE_LIMIT,
                "dray",
                owner + " serves " + ClaimsLayout.LANES + " peers at a time, and all lanes are taken");
    }

    /**
     * Reads what is published in a slot.
     *
     * @param slot the slot
     * @param generation which use of it is wanted
     * @return a consistent copy
     * @throws StaleException if another use, or none, is published there now
     */
    public Published read(int slot, int generation) throws StaleException {
        long expected = RegionsLayout.state(generation, true);
        if (slot < 0 || slot >= RegionsLayout.SLOT_COUNT) {
            throw new StaleException("the owner has no slot " + slot);
        }
        int at = RegionsLayout.slotOffset(slot);
        requireState(at, expected, generation);
        long flags = regions.get(at + RegionsLayout.FLAGS);
        long links = regions.get(at + RegionsLayout.LINKS);
        long lengthBytes = regions.get(at + RegionsLayout.LENGTH);
        int count = (int) (flags >>> 32);
        byte[] id = ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(regions.get(at + RegionsLayout.BACKEND))
                .putLong(regions.get(at + RegionsLayout.BACKEND + Long.BYTES))
                .array();
        Extents extents =
                count < 1 || count > RegionsLayout.MAX_EXTENTS ? null : readExtents(at, count, (int) (links >>> 32));
        requireState(at, expected, generation);
        Access access = Access.ofCode((int) (flags & 0xff)).orElse(null);
        if (extents == null || access == null || extents.byteSize() != lengthBytes) {
            throw new CopyException(
                    CopyStatus.TOKEN_INVALID, "dray", "slot " + slot + " of " + owner + " holds nonsense");
        }
        PublishedRegion region = new PublishedRegion(slot, generation, access, (flags & 0x100) != 0, extents);
        return new Published(region, new String(id, StandardCharsets.US_ASCII).trim(), (int) links);
    }

    /**
     * Reads whatever is published in a slot now.
     *
     * @param slot the slot
     * @return a consistent copy
     * @throws StaleException if nothing is published there
     */
    public Published readAnyGeneration(int slot) throws StaleException {
        if (slot < 0 || slot >= RegionsLayout.SLOT_COUNT) {
            throw new StaleException("the owner has no slot " + slot);
        }
        return read(slot, (int) (regions.get(RegionsLayout.slotOffset(slot)) >>> 32));
    }

    private @Nullable Extents readExtents(int at, int count, int firstFurther) {
        long[] base = new long[count];
        long[] lengthBytes = new long[count];
        int from = at + RegionsLayout.EXTENTS;
        int left = RegionsLayout.EXTENTS_INLINE;
        int next = firstFurther;
        for (int i = 0; i < count; i++) {
            if (left == 0) {
                if (next < 0 || next >= RegionsLayout.SLOT_COUNT) {
                    return null;
                }
                int further = RegionsLayout.slotOffset(next);
                next = (int) regions.get(further + RegionsLayout.FURTHER_NEXT);
                from = further + RegionsLayout.FURTHER_EXTENTS;
                left = RegionsLayout.EXTENTS_FURTHER;
            }
            base[i] = regions.get(from);
            lengthBytes[i] = regions.get(from + Long.BYTES);
            boolean wraps = Long.compareUnsigned(base[i] + (lengthBytes[i] - 1), base[i]) < 0;
            if (lengthBytes[i] < 1 || wraps) {
                return null;
            }
            from += 2 * Long.BYTES;
            left--;
        }
        try {
            return Extents.of(base, lengthBytes).withKey(regions.get(at + RegionsLayout.KEY));
        } catch (ArithmeticException overflow) {
            return null;
        }
    }

    private void requireState(int at, long expected, int generation) throws StaleException {
        if (regions.get(at) != expected) {
            throw new StaleException("the owner closed the region (generation " + Integer.toUnsignedString(generation)
                    + ") that the token names");
        }
    }

    /**
     * The words of one region that copies look at.
     *
     * @param slot the region's slot
     * @param generation its generation
     * @return the words
     */
    public PeerSlot slot(int slot, int generation) {
        return new PeerSlot(regions, claims, lane, slot, generation);
    }

    /** Gives the lane back. */
    @Override
    public void close() {
        claims.compareAndSet(ClaimsLayout.laneOffset(lane), selfInstance, 0);
    }

    /**
     * A slot's contents.
     *
     * @param region what the driver needs
     * @param backendId whose region it is
     * @param trialSlot slot of the engine's trial region, or -1
     */
    public record Published(PublishedRegion region, String backendId, int trialSlot) {}
}
