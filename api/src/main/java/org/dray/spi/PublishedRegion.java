package org.dray.spi;

import org.dray.Access;

/**
 * What an owner has published about a region, read consistently.
 *
 * @param slot where it is published; together with the generation unique for the life of the owner
 * @param generation which use of the slot
 * @param access what the owner allows
 * @param singleUse true if only one copy may start
 * @param extents where the bytes are, as the owner's driver gave it
 */
public record PublishedRegion(int slot, int generation, Access access, boolean singleUse, Extents extents) {}
