package org.dray.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.dray.BackendReport;
import org.dray.BackendReport.State;
import org.dray.CopyException;
import org.dray.CopyStatus;
import org.dray.Dray;
import org.dray.DrayOptions;
import org.dray.Finding;
import org.dray.spi.BackendProvider;
import org.dray.spi.CopyDriver;
import org.dray.spi.DriverContext;
import org.dray.toy.ToyBackend;
import org.dray.toy.ToyProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiscoveryTest {
    private static final DrayOptions NOTHING_SPECIAL = DrayOptions.builder().build();

    @RegisterExtension
    final Toys toys = new Toys();

    @TempDir
    Path directory;

    @Test
    void providerInServicesIsFound() {
        try (Dray dray = Dray.load(
                DrayOptions.builder().directory(directory.resolve("base")).build())) {
            assertThat(dray.engine("toy").id()).isEqualTo("toy");
            assertThat(dray.reports()).hasSize(1);
        }
        assertThat(ToyProvider.BACKEND.openDrivers()).isZero();
    }

    @Test
    void entryWithoutClassIsReportedAndHarmsNoOther() throws IOException {
        List<Candidate> found = Discovery.discover(
                NOTHING_SPECIAL, services("org.example.Missing", ToyProvider.class.getName(), "not a class name"));
        assertThat(found).extracting(Candidate::id).contains("toy").hasSize(3);
        assertThat(found).filteredOn(c -> !c.id().equals("toy")).allSatisfy(c -> {
            assertThat(c.report().state()).isEqualTo(State.UNAVAILABLE);
            assertThat(c.isUsable()).isFalse();
        });
        assertThat(found.toString()).contains("org.example.Missing");
    }

    private Iterator<ServiceLoader.Provider<BackendProvider>> services(String... lines) throws IOException {
        List<URL> urls = new ArrayList<>();
        for (String line : lines) {
            Path file = Files.createTempFile(directory, "services", "");
            Files.writeString(file, line);
            urls.add(file.toUri().toURL());
        }
        ClassLoader loader = new ClassLoader(getClass().getClassLoader()) {
            @Override
            public Enumeration<URL> getResources(String name) {
                return Collections.enumeration(urls);
            }
        };
        return ServiceLoader.load(BackendProvider.class, loader).stream().iterator();
    }

    @Test
    void entriesThatNeverEndAreGivenUp() {
        Iterator<ServiceLoader.Provider<BackendProvider>> broken = new Iterator<>() {
            @Override
            public boolean hasNext() {
                throw new ServiceConfigurationError("unreadable");
            }

            @Override
            public ServiceLoader.Provider<BackendProvider> next() {
                throw new AssertionError();
            }
        };
        assertThat(Discovery.discover(NOTHING_SPECIAL, broken))
                .allSatisfy(c -> assertThat(c.isUsable()).isFalse());
    }

    @Test
    void providerThatCannotBeConstructedIsReported() {
        ServiceLoader.Provider<BackendProvider> broken = new ServiceLoader.Provider<>() {
            @Override
            public Class<? extends BackendProvider> type() {
                return ToyBackend.class;
            }

            @Override
            public BackendProvider get() {
                throw new ServiceConfigurationError("no constructor");
            }
        };
        List<Candidate> found = discover(List.of(broken, Toys.entry(toys.toy)));
        assertThat(found).hasSize(2);
        assertThat(found.get(1).isUsable()).isTrue();
        assertThat(found.get(0).report().findings().toString()).contains("no constructor", ToyBackend.class.getName());
    }

    private static List<Candidate> discover(BackendProvider... providers) {
        return discover(Stream.of(providers).map(Toys::entry).toList());
    }

    private static List<Candidate> discover(List<ServiceLoader.Provider<BackendProvider>> entries) {
        return Discovery.discover(NOTHING_SPECIAL, entries.iterator());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Toy", "two words", "name-of-seventeen", "a/b"})
    void idThatIsNoIdIsReported(String id) {
        List<Candidate> found = discover(new ToyBackend(id));
        assertThat(found.get(0).isUsable()).isFalse();
        assertThat(found.get(0).report().toString()).contains("'" + id + "'", "1 to 16 characters");
    }

    @Test
    void nullIdIsReported() {
        assertThat(discover(new ToyBackend(null)).get(0).isUsable()).isFalse();
    }

    @Test
    void secondBackendOfTheSameIdIsReported() {
        List<Candidate> found = discover(toys.toy, new ToyBackend("toy"));
        assertThat(found).filteredOn(Candidate::isUsable).hasSize(1);
        assertThat(found)
                .filteredOn(c -> !c.isUsable())
                .first()
                .satisfies(c -> assertThat(c.report().toString()).contains("another backend with the id 'toy'"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x0002_0000, 0x0001_0001, 0, -1, 0x0000_ffff})
    void backendOfAnotherInterfaceVersionIsNotProbed(int version) {
        toys.toy.spiVersion = version;
        Candidate found = discover(toys.toy).get(0);
        assertThat(found.report().state()).isEqualTo(State.UNAVAILABLE);
        assertThat(found.report().findings().get(0).check()).isEqualTo("dray.spi-version");
        assertThat(found.report().findings().get(0).needed()).contains("1.0");
        assertThat(toys.toy.probes()).isZero();
    }

    @Test
    void probeThatThrowsIsReported() {
        assertThat(probing(() -> {
                    throw new IllegalStateException("broken driver");
                }))
                .contains("dray.probe", "broken driver");
        assertThat(probing(() -> {
                    throw new UnsatisfiedLinkError("no native");
                }))
                .contains("no native");
        assertThat(probing(() -> {
                    throw new AssertionError("never");
                }))
                .contains("never");
    }

    @Test
    void probeWithoutAnAnswerIsReported() {
        assertThat(probing(() -> null)).contains("answered for null");
    }

    @Test
    void probeThatAnswersForAnotherBackendIsReported() {
        assertThat(probing(new ToyBackend("other")::probe)).contains("answered for 'other'");
    }

    private static String probing(Probe probe) {
        Candidate found = discover(new Scripted(probe)).get(0);
        assertThat(found.id()).isEqualTo("scripted");
        assertThat(found.report().state()).isEqualTo(State.UNAVAILABLE);
        return found.report().toString();
    }

    private interface Probe {
        BackendReport probe();
    }

    private record Scripted(Probe probing) implements BackendProvider {
        @Override
        public String id() {
            return "scripted";
        }

        @Override
        public String version() {
            return "1";
        }

        @Override
        public int spiVersion() {
            return 0x0001_0000;
        }

        @Override
        public BackendReport probe() {
            return probing.probe();
        }

        @Override
        public CopyDriver open(DriverContext context) {
            throw new AssertionError("opened without a usable probe");
        }
    }

    @Test
    void deniedBackendIsListedAndNotProbed() {
        DrayCore dray = toys.load(options -> options.deny("toy"));
        assertThat(toys.toy.probes()).isZero();
        assertThat(dray.engines()).isEmpty();
        assertThat(dray.reports()).extracting(BackendReport::state).containsExactly(State.DENIED);
        assertThat(dray.reports()).extracting(BackendReport::machineKind).containsExactly(org.dray.MachineKind.UNKNOWN);
        assertThat(dray.selection().toString()).contains("toy", "denied by the options");
        assertThatThrownBy(() -> dray.engine("toy"))
                .isInstanceOfSatisfying(
                        CopyException.class, e -> assertThat(e.status()).isEqualTo(CopyStatus.UNAVAILABLE))
                .hasMessageContaining("DENIED");
    }

    @Test
    void requirementDeniesTheOthers() {
        ToyBackend other = toys.another("other");
        DrayCore dray = toys.load(options -> options.require("toy"));
        assertThat(other.probes()).isZero();
        assertThat(dray.engines()).extracting(org.dray.CopyEngine::id).containsExactly("toy");
        assertThat(dray.reports().toString()).contains("dray.not-required", "require 'other' too");
    }

    @Test
    void requiredButUnknownBackendNamesThoseThatAreThere() {
        toys.another("other");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> toys.load(options -> options.require("cma")))
                .withMessageContaining("no backend 'cma'")
                .withMessageContaining("[other, toy]");
    }

    @Test
    void requiredButUnusableBackendCarriesItsFindings() {
        toys.toy.state = State.UNAVAILABLE;
        assertThatThrownBy(() -> toys.load(options -> options.require("toy")))
                .isInstanceOfSatisfying(CopyException.class, e -> {
                    assertThat(e.status()).isEqualTo(CopyStatus.UNAVAILABLE);
                    assertThat(e.findings()).extracting(Finding::check).containsExactly("toy.state");
                });
    }

    @Test
    void unknownEngineNamesThoseThatAreThere() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> toys.load().engine("knem"))
                .withMessageContaining("[toy]");
    }

    @Test
    void noBackendAtAllSaysWhatToAdd() {
        try (Dray dray = DrayCore.load(
                DrayOptions.builder().directory(directory.resolve("base")).build(), Collections.emptyIterator())) {
            assertThat(dray.engines()).isEmpty();
            assertThat(dray.selection().toString()).contains("no backend on the class path");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> dray.engine("cma"))
                    .withMessageContaining("dray-backend-*");
            assertThatThrownBy(() -> dray.export(Toys.empty(8), org.dray.Access.READ))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("no engine can share");
        }
    }

    @Test
    void enginesAndReportsAreTheSameObjectsAtEveryCall() {
        DrayCore dray = toys.load();
        assertThat(dray.engine("toy")).isSameAs(dray.engines().get(0)).isSameAs(dray.engine("toy"));
    }
}
