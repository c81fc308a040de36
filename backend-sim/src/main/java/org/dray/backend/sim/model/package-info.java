/**
 * Time and chance under control. {@link DeviceModel} says when the operations of a device end, and in which order;
 * {@link Schedule} lets threads take turns. Both draw from a seed and nothing else, so that a run can be made again.
 */
@NullMarked
package org.dray.backend.sim.model;

import org.jspecify.annotations.NullMarked;
