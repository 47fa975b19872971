package io.sapper.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MethodTest {
    @Test
    void everyNameIsRead() {
        for (Method method : Method.values()) {
            assertThat(Method.parse(method.id())).isEqualTo(method);
        }
    }

    @Test
    void anUnknownNameIsToldTheChoices() {
        assertThatThrownBy(() -> Method.parse("exorcism"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--method 'exorcism' is unknown. Known are fine-pruning, fine-tuning, unlearning, auto.");
    }
}
