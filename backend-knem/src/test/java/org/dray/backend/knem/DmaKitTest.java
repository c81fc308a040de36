package org.dray.backend.knem;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A module that found a DMA engine, and a deployment that uses it and names own regions from a few pages on. */
@EnabledIfSystemProperty(named = "dray.knem.setUp", matches = "dma")
class DmaKitTest extends KnemTckTest {}
