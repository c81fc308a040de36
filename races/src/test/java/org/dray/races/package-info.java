/** Races between two threads, run millions of times in every order that the machine comes to. */
@NullMarked
package org.dray.races;

import org.jspecify.annotations.NullMarked;
