package org.dray.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dray.BackendReport;
import org.dray.BackendReport.State;
import org.dray.Capability;
import org.dray.EngineInfo;
import org.dray.Finding;
import org.dray.MachineKind;
import org.dray.Selection;
import org.dray.Selection.Candidate;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {
    private static final Finding YAMA = new Finding(
            "cma.yama", "ptrace_scope is 3", "2 or less", "sysctl kernel.yama.ptrace_scope=1, which needs a reboot");
    private static final BackendReport CMA =
            new BackendReport("cma", "0.1.0", State.UNAVAILABLE, MachineKind.REAL, List.of(YAMA));
    private static final BackendReport SIM =
            new BackendReport("sim", "0.1.0", State.AVAILABLE, MachineKind.SIMULATED, List.of());
    private static final EngineInfo ENGINE = new EngineInfo(
            "sim",
            "0.1.0",
            MachineKind.SIMULATED,
            Set.of(Capability.SHARE, Capability.ALLOCATE, Capability.MAP),
            List.of(),
            List.of());
    private static final Selection SIM_CHOSEN = new Selection(List.of(
            new Candidate("sim", true, "SIMULATED, AVAILABLE", List.of()),
            new Candidate("cma", false, "it is UNAVAILABLE", List.of(YAMA))));
    private static final Selection NONE = new Selection(List.of());

    private static DoctorReport report(
            List<BackendReport> backends, Map<String, EngineInfo> engines, Selection selection, String problem) {
        return new DoctorReport(
                new Machine("Linux 6.1", "amd64", 2, "OpenJDK 17"),
                "/dev/shm/dray-1000",
                backends,
                engines,
                selection,
                problem.isEmpty() ? Optional.empty() : Optional.of(problem));
    }

    private static final DoctorReport ONE_OF_TWO = report(List.of(CMA, SIM), Map.of("sim", ENGINE), SIM_CHOSEN, "");

    private static Run doctor(Terminal terminal, DoctorReport report, String... options) {
        String[] arguments = new String[options.length + 1];
        arguments[0] = "doctor";
        System.arraycopy(options, 0, arguments, 1, options.length);
        return Run.of(terminal, List.of(new DoctorCommand(terminal, () -> report)), arguments);
    }

    @Test
    void everyFindingIsShownWithItsRemedy() {
        assertThat(doctor(Terminal.NONE, ONE_OF_TWO).out())
                .contains("cma.yama", "ptrace_scope is 3", "2 or less", "which needs a reboot");
    }

    @Test
    void stateKindCapabilitiesAndChoiceAreShown() {
        Run run = doctor(Terminal.NONE, ONE_OF_TWO);
        assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(run.out())
                .contains("cma 0.1.0 UNAVAILABLE", "sim 0.1.0 AVAILABLE SIMULATED", "ALLOCATE, MAP, SHARE")
                .contains("* sim: SIMULATED", "Linux 6.1 amd64, 2 processors", "/dev/shm/dray-1000");
    }

    @Test
    void aMachineWithNothingIsNoAccident() {
        Run run = doctor(Terminal.NONE, report(List.of(), Map.of(), NONE, ""));
        assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(run.out()).contains("no backend on the class path or module path", "dray-backend-cma");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void optionsThatCannotBeMetAreUnhealthyEvenWhereABackendWorks() {
        Run run = doctor(
                Terminal.NONE,
                report(List.of(SIM), Map.of("sim", ENGINE), SIM_CHOSEN, "no backend 'nope' on the path"));
        assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(run.out()).contains("no backend 'nope' on the path", "sim 0.1.0 AVAILABLE");
    }

    @Test
    void linesFitTheTerminal() {
        Terminal narrow = new Terminal(false, 44, false);
        assertThat(doctor(narrow, ONE_OF_TWO).out().lines()).allMatch(line -> line.length() <= 44);
    }

    @Test
    void textIsColouredOnlyForATerminal() {
        assertThat(doctor(Terminal.NONE, ONE_OF_TWO).out()).doesNotContain("\033");
        assertThat(doctor(new Terminal(true, 80, false), ONE_OF_TWO).out()).contains("\033[31mUNAVAILABLE");
    }

    @Test
    void theDocumentHasASchemaAndSaysTheSame() throws Exception {
        JsonNode document = new ObjectMapper()
                .readTree(doctor(Terminal.NONE, ONE_OF_TWO, "--json").out());
        assertThat(document.path("schema").asText()).isEqualTo("dray-doctor/1");
        assertThat(document.path("healthy").asBoolean()).isTrue();
        assertThat(document.at("/backends/0/findings/0/remedy").asText()).contains("reboot");
        assertThat(document.at("/backends/1/capabilities")).hasSize(3);
        assertThat(document.at("/selection/0/chosen").asBoolean()).isTrue();
        assertThat(document.at("/machine/processors").asInt()).isEqualTo(2);
    }
}
