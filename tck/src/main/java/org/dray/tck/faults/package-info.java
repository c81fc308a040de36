/**
 * Faults on demand: {@link org.dray.tck.faults.FaultyDriver} stands in front of any backend's driver and does to chosen
 * copies what the world does seldom. For tests of backends and of programs above them; unsupported, it may change in
 * any release.
 */
@NullMarked
package org.dray.tck.faults;

import org.jspecify.annotations.NullMarked;
