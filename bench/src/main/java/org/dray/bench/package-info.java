/** Benchmarks of Dray, each a program of its own that compares with something simpler in the same run. */
@NullMarked
package org.dray.bench;

import org.jspecify.annotations.NullMarked;
