package org.dray.hammer;

import org.dray.MemoryRegion;

/**
 * A region of the other process.
 *
 * @param region as it was attached
 * @param offer what its owner said
 * @param session through which it was attached
 */
record Attachment(MemoryRegion region, Offer offer, Session session) {}
