/**
 * The simulated host. A copy moves through a window, memory that belongs to nobody else: {@link SimDriver} reads the
 * source into it and writes the destination from it, so that overlapping or aliased memory behaves as if copied through
 * a temporary, whatever maps it.
 *
 * <p>Memory of this process ({@link HostRegion}) is reached directly: direct buffers ({@link BufferMemory}), raw
 * addresses ({@link ProcessMemory}), and files that play allocated memory, a board and a persistent device
 * ({@link MappedFile}). Memory of another process ({@link PeerRegion}) is reached through {@link Mailboxes}, a file
 * that the owner shares: {@link SimPeer} posts a request, and a thread of the owner ({@link Device}), which plays the
 * DMA engine, moves the bytes of the registered memory at that moment.
 *
 * <p>A queue ({@link SimChannel}) ends its operations when and in the order that a model of a device says. All of it
 * wears the limits of a {@link Personality}, to which {@link GuardedDriver} holds the core.
 */
@NullMarked
package org.dray.backend.sim;

import org.jspecify.annotations.NullMarked;
