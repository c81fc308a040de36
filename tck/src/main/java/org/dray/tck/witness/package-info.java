/** Backends that watch how Dray treats backends. On the path of the kit's further processes only. */
@NullMarked
package org.dray.tck.witness;

import org.jspecify.annotations.NullMarked;
