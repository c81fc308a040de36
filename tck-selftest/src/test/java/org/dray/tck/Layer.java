package org.dray.tck;

/** Where a mutant's defect lies. */
enum Layer {
    /** In the backend: its provider or driver, or what Dray.load does with it. */
    BACKEND,
    /** In what users see: Dray and its engines and regions are wrapped. */
    SURFACE
}
