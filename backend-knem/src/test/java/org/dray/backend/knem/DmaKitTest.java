package org.dray.backend.knem;

/** A module that found a DMA engine, and a deployment that uses it and names own regions from a few pages on. */
class DmaKitTest extends KnemTckTest {}
