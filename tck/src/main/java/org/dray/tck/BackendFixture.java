package org.dray.tck;

/**
 * Which backend the kit examines. Every process of a run makes its own from the test class, so it holds no state.
 *
 * <p>A fixture can excuse nothing: limits and capabilities come from the engine itself.
 */
@FunctionalInterface
public interface BackendFixture {

    /**
     * The backend's id, as its provider gives it.
     *
     * @return for example {@code cma}
     */
    String backendId();
}
