/**
 * The test kit. A backend's author writes one class of three lines that extends {@link org.dray.tck.BackendTck};
 * {@link org.dray.tck.Rule} lists what is checked, {@link org.dray.tck.Certification} runs it without a build tool.
 */
@NullMarked
package org.dray.tck;

import org.jspecify.annotations.NullMarked;
