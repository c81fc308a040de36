package org.dray.tck;

import static org.dray.tck.Rule.ASYNC_33;
import static org.dray.tck.Rule.ASYNC_34;
import static org.dray.tck.Rule.ASYNC_35;
import static org.dray.tck.Rule.ASYNC_36;
import static org.dray.tck.Rule.ASYNC_37;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.dray.CopyEngine;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.MemoryRegion;

/** Defects of futures. */
enum FutureMutant implements Mutant {
    FUTURES_COMPLETE_ELSEWHERE(ASYNC_33) {
        @Override
        CompletableFuture<Void> changed(CompletableFuture<Void> genuine) {
            return new Changed(genuine, true, UnaryOperator.identity());
        }
    },
    MISTAKES_COME_WITH_THE_FUTURE(ASYNC_34) {
        @Override
        public CompletableFuture<Void> copyAsync(
                CopyEngine genuine,
                MemoryRegion source,
                long sourceOffset,
                MemoryRegion destination,
                long destinationOffset,
                long lengthBytes) {
            try {
                return genuine.copyAsync(source, sourceOffset, destination, destinationOffset, lengthBytes);
            } catch (RuntimeException e) {
                return CompletableFuture.failedFuture(e);
            }
        }
    },
    FUTURES_FORGET_THE_ROUTE(ASYNC_35) {
        @Override
        CompletableFuture<Void> changed(CompletableFuture<Void> genuine) {
            return new Changed(
                    genuine, false, it -> Defect.with(Optional.empty(), String.valueOf(it.getMessage()), it));
        }
    },
    REFUSALS_ARE_ERRORS(ASYNC_36) {
        @Override
        CompletableFuture<Void> changed(CompletableFuture<Void> genuine) {
            return instead(CopyStatus.RESOURCE_LIMIT, genuine);
        }
    },
    ENDED_FUTURES_ARE_ERRORS(ASYNC_37) {
        @Override
        CompletableFuture<Void> changed(CompletableFuture<Void> genuine) {
            return instead(CopyStatus.CANCELLED, genuine);
        }
    };

    private final Set<Rule> broken;

    FutureMutant(Rule... broken) {
        this.broken = Set.of(broken);
    }

    /** A future that fails otherwise; cancelling it cancels the genuine one. */
    private static final class Changed extends CompletableFuture<Void> {
        private final CompletableFuture<Void> genuine;

        Changed(CompletableFuture<Void> genuine, boolean isElsewhere, Function<CopyException, CopyException> change) {
            this.genuine = genuine;
            CompletableFuture<Void> followed = isElsewhere ? genuine.thenRunAsync(() -> {}) : genuine;
            followed.whenComplete((nothing, failure) -> {
                if (failure == null) {
                    complete(null);
                } else {
                    Throwable cause = failure.getCause() == null || failure instanceof CopyException
                            ? failure
                            : failure.getCause();
                    completeExceptionally(cause instanceof CopyException e ? change.apply(e) : cause);
                }
            });
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            genuine.cancel(mayInterruptIfRunning);
            return super.cancel(mayInterruptIfRunning);
        }
    }

    private static CompletableFuture<Void> instead(CopyStatus status, CompletableFuture<Void> genuine) {
        return new Changed(genuine, false, it -> it.status() == status ? Defect.with(CopyStatus.IO_ERROR, it) : it);
    }

    CompletableFuture<Void> changed(CompletableFuture<Void> genuine) {
        return genuine;
    }

    @Override
    public CompletableFuture<Void> copyAsync(
            CopyEngine genuine,
            MemoryRegion source,
            long sourceOffset,
            MemoryRegion destination,
            long destinationOffset,
            long lengthBytes) {
        return changed(genuine.copyAsync(source, sourceOffset, destination, destinationOffset, lengthBytes));
    }

    @Override
    public Set<Rule> broken() {
        return broken;
    }

    @Override
    public Layer layer() {
        return Layer.SURFACE;
    }
}
