package org.dray.tck;

import java.util.List;
import java.util.stream.Stream;
import org.dray.BackendReport;
import org.dray.CopyEngine;
import org.dray.CopyStatus;
import org.dray.Dray;
import org.dray.DrayOptions;
import org.dray.Selection;
import org.dray.spi.SpiVersion;
import org.dray.tck.witness.FutureProvider;
import org.dray.tck.witness.WitnessProvider;

/** Rules about which backends Dray takes. Those that need a backend that is unusable run where the witnesses are. */
abstract class SelectionRules extends RuleGroup {
    private static final String NOBODY = "tck-nobody";

    @Verifies(Rule.DISC_07)
    final void disc07_requiringAnUnknownBackendListsTheKnownOnes() {
        String message = Expect.refused(
                IllegalArgumentException.class, "requiring '" + NOBODY + "'", () -> scene().load(require(NOBODY)));
        Expect.mentions(message, NOBODY, kit().backendId());
    }

    @Verifies(Rule.DISC_08)
    final void disc08_requiringAnUnusableBackendIsAnErrorWithItsFindings() {
        RuntimeException e = Expect.fails(
                CopyStatus.UNAVAILABLE, "requiring an unusable backend", () -> select("require", WitnessProvider.ID));
        Expect.mentions(String.valueOf(e.getMessage()), WitnessProvider.ID, WitnessProvider.CHECK);
    }

    @Verifies(Rule.DISC_09)
    final void disc09_deniedBackendIsNotProbedAndGivesNoEngine() {
        Reply reply = select("deny", WitnessProvider.ID);
        Expect.same("0", reply.text(0), "the number of probes of the denied backend");
        Expect.mentions(report(reply, WitnessProvider.ID), BackendReport.State.DENIED);

        Dray without = scene().load(DrayOptions.builder()
                .deny(kit().backendId())
                .directory(scene().drayDirectory())
                .build());
        Expect.that(
                without.engines().stream().noneMatch(it -> it.id().equals(kit().backendId())),
                "there is an engine of the denied backend");
        Expect.fails(CopyStatus.UNAVAILABLE, "the engine of a denied backend", () -> without.engine(kit().backendId()));
    }

    @Verifies(Rule.DISC_10)
    final void disc10_requiredBackendIsTheOnlyOneOpened() {
        Dray required = scene().load(require(kit().backendId()));
        Expect.same(
                List.of(kit().backendId()),
                required.engines().stream().map(CopyEngine::id).toList(),
                "the list of engines");
    }

    @Verifies(Rule.DISC_11)
    final void disc11_reportsListEveryBackendWithFindings() {
        Reply reply = select("deny", FutureProvider.ID);
        Expect.mentions(report(reply, WitnessProvider.ID), BackendReport.State.UNAVAILABLE, WitnessProvider.CHECK);
        Expect.mentions(report(reply, kit().backendId()), kit().provider().version());
        List<String> ids =
                reports(reply).map(it -> it.substring(0, it.indexOf(' '))).toList();
        Expect.same(ids.stream().sorted().toList(), ids, "the order of the reports");
    }

    @Verifies(Rule.DISC_12)
    final void disc12_equalLoadsGiveEqualSelections() {
        DrayOptions options =
                DrayOptions.builder().directory(scene().drayDirectory()).build();
        Selection first = scene().load(options).selection();
        for (int i = 0; i < 4; i++) {
            Expect.same(first, scene().load(options).selection(), "the selection of load " + i);
        }
        for (Selection.Candidate candidate : first.candidates()) {
            Expect.that(!candidate.reason().isBlank(), "no reason for " + candidate.backendId());
        }
    }

    @Verifies(Rule.DISC_13)
    final void disc13_enginesAreTheSameObjects() {
        CopyEngine engine = dray().engine(kit().backendId());
        Expect.that(engine == dray().engine(kit().backendId()), "engine(id) gave two objects");
        Expect.that(dray().engines().contains(engine), "engines() lacks the engine of engine(id)");
        CopyEngine first = dray().engines().get(0);
        Expect.that(first == dray().engines().get(0), "engines() gave different objects at two calls");
        String message = Expect.refused(IllegalArgumentException.class, "an unknown id", () -> dray().engine(NOBODY));
        Expect.mentions(message, NOBODY, kit().backendId());
    }

    @Verifies(Rule.DISC_16)
    final void disc16_otherMajorVersionOfTheSpiIsRefused() {
        Reply reply = select("deny", WitnessProvider.ID);
        Expect.mentions(
                report(reply, FutureProvider.ID),
                BackendReport.State.UNAVAILABLE,
                SpiVersion.text(FutureProvider.SPI_VERSION),
                SpiVersion.text(SpiVersion.CURRENT));
        Expect.same("0", reply.text(0), "the number of probes of witnesses");
    }

    private Reply select(String what, String backendId) {
        return kit().warmPeer().select(what, scene().drayDirectory(), backendId);
    }

    private DrayOptions require(String backendId) {
        return DrayOptions.builder()
                .require(backendId)
                .directory(scene().drayDirectory())
                .build();
    }

    private static Stream<String> reports(Reply reply) {
        return reply.texts().stream().skip(2);
    }

    private static String report(Reply reply, String backendId) {
        return reports(reply)
                .filter(it -> it.startsWith(backendId + " "))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no report of " + backendId));
    }
}
