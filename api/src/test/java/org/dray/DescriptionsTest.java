package org.dray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dray.AddressSpace.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The types that describe something, and the contradictions that they refuse. */
class DescriptionsTest {
    private static final Route ROUTE = new Route(Kind.PEER, Kind.LOCAL, Route.Initiator.CALLER);
    private static final CopyCost COST = new CopyCost(100, 1_000_000_000);
    private static final Finding FINDING = new Finding("cma.yama", "1", "0", "sysctl kernel.yama.ptrace_scope=0");

    private static RouteInfo route(long maxTransferBytes, long alignmentBytes, int maxSegments) {
        return new RouteInfo(
                ROUTE,
                maxTransferBytes,
                alignmentBytes,
                maxSegments,
                RouteInfo.Overlap.REJECT,
                RouteInfo.PartialReporting.EXACT,
                Set.of(),
                COST);
    }

    @Test
    void limitsOfARouteArePositive() {
        assertThat(route(1, 1, 1).route()).hasToString("PEER->LOCAL by CALLER");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> route(0, 1, 1))
                .withMessageContaining("maxTransferBytes 0");
        assertThatIllegalArgumentException().isThrownBy(() -> route(1, 1, 0)).withMessageContaining("maxSegments 0");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 3, 6, Long.MIN_VALUE, Long.MAX_VALUE})
    void alignmentIsAPowerOfTwo(long alignmentBytes) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> route(1, alignmentBytes, 1))
                .withMessage("alignmentBytes " + alignmentBytes + " is not a power of two");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AddressSpace("toy", "board0", Kind.DEVICE, 4096, alignmentBytes));
    }

    @Test
    void spaceHasNoNegativeSize() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AddressSpace("toy", "board0", Kind.DEVICE, -1, 1))
                .withMessage("byteSize -1 is negative");
    }

    @Test
    void costIsALine() {
        assertThat(COST.estimateNanos(0)).isEqualTo(100);
        assertThat(COST.estimateNanos(5000)).isEqualTo(5100);
        assertThat(COST.estimateNanos(Long.MAX_VALUE)).isGreaterThan(9e18);
        assertThatIllegalArgumentException().isThrownBy(() -> new CopyCost(-1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new CopyCost(0, 0));
    }

    @Test
    void engineFindsItsRoutesAndSpaces() {
        AddressSpace local = new AddressSpace("toy", "local", Kind.LOCAL, 1, 1);
        EngineInfo info = new EngineInfo(
                "toy", "1", MachineKind.REAL, Set.of(Capability.SHARE), List.of(route(1, 1, 1)), List.of(local));
        assertThat(info.route(Kind.PEER, Kind.LOCAL)).contains(route(1, 1, 1));
        assertThat(info.route(Kind.LOCAL, Kind.PEER)).isEmpty();
        assertThat(info.has(Capability.SHARE)).isTrue();
        assertThat(info.has(Capability.MAP)).isFalse();
        assertThat(info.spaces(Kind.LOCAL)).containsExactly(local);
        assertThat(info.spaces(Kind.DEVICE)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(BackendReport.State.class)
    void onlyAnAvailableBackendNeedsNoReason(BackendReport.State state) {
        BackendReport report = new BackendReport("toy", "1", state, MachineKind.REAL, List.of(FINDING));
        assertThat(report.toString()).startsWith("toy 1: " + state).endsWith(FINDING.toString());
        if (state == BackendReport.State.AVAILABLE) {
            assertThat(new BackendReport("toy", "1", state, MachineKind.SIMULATED, List.of()))
                    .hasToString("toy 1: AVAILABLE (SIMULATED)");
        } else {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new BackendReport("toy", "1", state, MachineKind.REAL, List.of()))
                    .withMessageContaining("gives no finding that says why");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void findingWithoutATextIsRefused(int blank) {
        String[] texts = {"check", "observed", "needed", "remedy"};
        String name = texts[blank];
        texts[blank] = " ";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Finding(texts[0], texts[1], texts[2], texts[3]))
                .withMessage("a finding needs a text for '" + name + "'");
    }

    @ParameterizedTest
    @EnumSource(Access.class)
    void accessCoversWhatItGrants(Access access) {
        assertThat(Access.ofCode(access.code())).contains(access);
        assertThat(Access.READ_WRITE.covers(access)).isTrue();
        assertThat(access.covers(access)).isTrue();
        assertThat(access.covers(Access.READ)).isEqualTo(access.isReadable());
        assertThat(access.covers(Access.WRITE)).isEqualTo(access.isWritable());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, -1, 257})
    void otherNumbersAreNoAccess(int code) {
        assertThat(Access.ofCode(code)).isEmpty();
    }

    @Test
    void exceptionCarriesWhatProgramsAndPeopleNeed() {
        CopyException e = new CopyException(
                CopyStatus.PERMISSION, "cma", Optional.of(ROUTE), 1, 4096, "9000 bytes", List.of(FINDING));
        assertThat(e)
                .hasMessage("cma: PERMISSION on PEER->LOCAL by CALLER: 9000 bytes; bytes done 4096; errno 1\n  - "
                        + FINDING);
        assertThat(e.bytesDone()).hasValue(4096);
        assertThat(e.route()).contains(ROUTE);
        assertThat(e.findings()).containsExactly(FINDING);
        CopyException plain = new CopyException(CopyStatus.BUSY, "dray", "wait");
        assertThat(plain).hasMessage("dray: BUSY: wait");
        assertThat(plain.bytesDone()).isEmpty();
        assertThat(plain.route()).isEmpty();
    }

    @Test
    void exceptionSurvivesSerialisationWithoutItsDetails() throws Exception {
        CopyException e = new CopyException(
                CopyStatus.PERMISSION, "cma", Optional.of(ROUTE), 1, 4096, "9000 bytes", List.of(FINDING));
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        new java.io.ObjectOutputStream(out).writeObject(e);
        CopyException read = (CopyException)
                new java.io.ObjectInputStream(new java.io.ByteArrayInputStream(out.toByteArray())).readObject();
        assertThat(read).hasMessage(e.getMessage());
        assertThat(read.status()).isEqualTo(CopyStatus.PERMISSION);
        assertThat(read.route()).isEmpty();
        assertThat(read.findings()).isEmpty();
    }

    @Test
    void successIsNoException() {
        assertThatIllegalArgumentException().isThrownBy(() -> new CopyException(CopyStatus.OK, "cma", "well done"));
    }

    @ParameterizedTest
    @EnumSource(CopyStatus.class)
    void everyStatusBelongsToACategory(CopyStatus status) {
        assertThat(status.category() == CopyStatus.Category.SUCCESS).isEqualTo(status == CopyStatus.OK);
        assertThat(status.category()).isNotNull();
    }

    @Test
    void selectionNamesWhoWonAndWhy() {
        Selection selection = new Selection(List.of(
                new Selection.Candidate("cma", true, "cheap", List.of()),
                new Selection.Candidate("sim", false, "simulated", List.of(FINDING))));
        assertThat(selection.chosen())
                .hasValueSatisfying(c -> assertThat(c.backendId()).isEqualTo("cma"));
        assertThat(selection).hasToString("* cma: cheap\n  sim: simulated\n      " + FINDING);
        assertThat(new Selection(List.of()).chosen()).isEmpty();
    }

    @Test
    void channelHoldsAtLeastOneOperation() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ChannelOptions(0, true));
    }
}
