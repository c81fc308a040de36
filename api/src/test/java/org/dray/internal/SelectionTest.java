package org.dray.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.dray.BackendReport.State;
import org.dray.CopyCost;
import org.dray.CopyEngine;
import org.dray.MachineKind;
import org.dray.toy.ToyBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The order of engines: a pure function of reports and options. */
class SelectionTest {
    @RegisterExtension
    final Toys toys = new Toys();

    private static List<String> ids(DrayCore dray) {
        return dray.engines().stream().map(CopyEngine::id).toList();
    }

    @Test
    void orderDoesNotDependOnTheOrderOfDiscovery() {
        toys.toy.info.machineKind(MachineKind.SIMULATED);
        toys.another("degraded").state = State.DEGRADED;
        toys.another("slow").info.cost(new CopyCost(1000, 1000));
        toys.another("quick").info.cost(new CopyCost(1000, 1_000_000_000_000L));
        toys.another("b-twin");
        toys.another("a-twin");
        toys.another("emulated").info.machineKind(MachineKind.EMULATED).cost(new CopyCost(0, Long.MAX_VALUE));
        toys.another("gone").state = State.UNAVAILABLE;
        Random random = new Random(1);
        Set<String> selections = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            Collections.shuffle(toys.backends(), random);
            try (DrayCore dray = toys.load()) {
                assertThat(ids(dray))
                        .containsExactly("quick", "a-twin", "b-twin", "slow", "degraded", "emulated", "toy");
                selections.add(dray.selection().toString());
            }
        }
        assertThat(selections).hasSize(1);
        assertThat(selections.iterator().next().lines().map(String::strip))
                .first()
                .asString()
                .isEqualTo("* quick: REAL, AVAILABLE, about 2,049 ns for 1,048,576 bytes");
    }

    @Test
    void preferenceComesBeforeEverythingElse() {
        toys.toy.info.machineKind(MachineKind.SIMULATED);
        toys.another("quick").info.cost(new CopyCost(0, Long.MAX_VALUE));
        toys.another("slow").info.cost(new CopyCost(1000, 1000));
        assertThat(ids(toys.load(options -> options.prefer("slow", "toy", "unknown"))))
                .containsExactly("slow", "toy", "quick");
    }

    @Test
    void textIsTheSameInEveryLocale() {
        Locale before = Locale.getDefault();
        try (DrayCore here = toys.load()) {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(toys.load().selection()).isEqualTo(here.selection());
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void simulatorIsAnnouncedUnlessItWasRequired() {
        toys.toy.info.machineKind(MachineKind.SIMULATED);
        assertThat(warnings(toys::load)).hasSize(1).first().asString().contains("'toy'", "no real backend is usable");
        assertThat(warnings(() -> toys.load(options -> options.require("toy")))).isEmpty();
        ToyBackend real = toys.another("real");
        assertThat(warnings(toys::load)).isEmpty();
        assertThat(warnings(() -> toys.load(options -> options.prefer("toy"))))
                .hasSize(1)
                .first()
                .asString()
                .contains("the options prefer it");
        real.state = State.UNAVAILABLE;
        assertThat(warnings(toys::load)).hasSize(1);
    }

    private static List<String> warnings(Runnable call) {
        List<String> messages = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                messages.add(entry.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(Engines.class.getName());
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        try {
            call.run();
        } finally {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
        }
        return messages;
    }
}
