package org.dray.backend.knem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @AfterEach
    void clear() {
        System.clearProperty("dray.knem.device");
        System.clearProperty("dray.knem.dmaMinBytes");
        System.clearProperty("dray.knem.regionCopyMinBytes");
    }

    @Test
    void nothingIsOnUnlessSomebodySaysSo() {
        assertThat(Settings.read().text()).isEqualTo("device /dev/knem, region copies off, DMA off");
    }

    @Test
    void propertiesAreTaken() {
        System.setProperty("dray.knem.device", "/dev/other");
        System.setProperty("dray.knem.dmaMinBytes", "1048576");
        System.setProperty("dray.knem.regionCopyMinBytes", "1");
        assertThat(Settings.read()).isEqualTo(new Settings("/dev/other", 1, 1 << 20));
        assertThat(Settings.read().text())
                .isEqualTo("device /dev/other, region copies from 1 bytes, DMA from 1048576 bytes");
    }

    @Test
    void senselessLengthsAreNamed() {
        for (String senseless : new String[] {"0", "-1", "1k", ""}) {
            System.setProperty("dray.knem.dmaMinBytes", senseless);
            assertThatThrownBy(Settings::read)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("-Ddray.knem.dmaMinBytes=" + senseless + ":");
        }
    }
}
