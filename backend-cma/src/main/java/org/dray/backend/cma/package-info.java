/**
 * Copies between processes by {@code process_vm_readv} and {@code process_vm_writev}.
 *
 * <p>Reading order: {@link CmaProvider} (does it work here?), {@link CmaDriver} (the table of contents),
 * {@link CmaPeer} (who is on the other side, and is it still the same program?), {@link PeerRegion} and
 * {@link CopyLoop} (a copy), {@link Mapping} (memory that this backend allocates), {@link Diagnosis} (why the kernel
 * said no).
 */
@NullMarked
package org.dray.backend.cma;

import org.jspecify.annotations.NullMarked;
