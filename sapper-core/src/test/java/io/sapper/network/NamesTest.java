package io.sapper.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamesTest {
    @Test
    void aTakenNameGetsTheNextNumber() {
        Names names = new Names();
        assertThat(names.unique("a")).isEqualTo("a");
        assertThat(names.unique("a")).isEqualTo("a.2");
        assertThat(names.unique("a")).isEqualTo("a.3");
        assertThat(names.unique("b")).isEqualTo("b");
    }

    /** A number that is taken itself is passed over. */
    @Test
    void aNumberThatIsTakenIsPassedOver() {
        Names names = new Names();
        assertThat(names.add("a")).isTrue();
        assertThat(names.add("a")).isFalse();
        assertThat(names.add("a.2")).isTrue();
        assertThat(names.unique("a")).isEqualTo("a.3");
        assertThat(names.contains("a.3")).isTrue();
        assertThat(names.contains("a.4")).isFalse();
    }

    /** Names made of names would double at each level. */
    @Test
    void aNameMadeOfOthersKeepsItsEnd() {
        assertThat(Names.inside("outer/", "inner")).isEqualTo("outer/inner");
        String name = "x";
        for (int level = 0; level < 60; level++) {
            name = Names.inside(name, name);
        }
        assertThat(name).hasSize(400);
        assertThat(Names.inside("y".repeat(500), "end")).hasSize(400).endsWith("yyyend");
        assertThat(Names.inside("", "z".repeat(500)))
                .as("a file's own name stays whole")
                .hasSize(500);
    }
}
