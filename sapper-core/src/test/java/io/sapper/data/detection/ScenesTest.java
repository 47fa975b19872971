package io.sapper.data.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScenesTest {
    private static final Box BOX = new Box(0, 0, 5, 5);

    /** A light without any box; a stop and a limit. */
    private static final Scenes SCENES = new Scenes(
            "signs",
            List.of("light", "stop", "limit"),
            List.of(new Scene(
                    Path.of("a.png"),
                    "a.png",
                    10,
                    10,
                    "a",
                    List.of(new LabelledBox(BOX, 1), new LabelledBox(BOX, 2)))));

    @Test
    void classesAreBroughtToOthersByName() {
        Scenes brought = SCENES.withClasses(List.of("limit", "yield", "stop"));

        assertThat(brought.classNames()).containsExactly("limit", "yield", "stop");
        assertThat(brought.scenes().get(0).boxes()).containsExactly(new LabelledBox(BOX, 2), new LabelledBox(BOX, 0));
        assertThat(brought.without()).containsExactly("yield");
        assertThat(SCENES.without()).containsExactly("light");
    }

    @Test
    void boxesOfAClassThatIsNotAmongThemAreNamed() {
        assertThatThrownBy(() -> SCENES.withClasses(List.of("stop", "yield")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("signs has boxes of limit, but the network knows the classes stop, yield. Say which classes"
                        + " of the data become which of these with --classes, for example --classes stop=limit; classes"
                        + " that it does not name are left out.");
    }
}
