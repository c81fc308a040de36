/** A backend for the tests of the core: pure Java, scripted, and strict about what the core may ask of a driver. */
@NullMarked
package org.dray.toy;

import org.jspecify.annotations.NullMarked;
