/** The demo: one file from this JVM to a second one, by every backend and by what plain Java offers. */
@NullMarked
package org.dray.cli.demo;

import org.jspecify.annotations.NullMarked;
