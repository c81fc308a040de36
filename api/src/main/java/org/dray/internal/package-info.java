/** The core: discovery, selection, checks, lifetimes. Not exported. */
@NullMarked
package org.dray.internal;

import org.jspecify.annotations.NullMarked;
