package io.sapper.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GridTest {
    private static final List<String> ATTACK = List.of("attack");

    @Test
    void everyChoiceIsARunAndTheLastSettingVariesFastest() {
        Grid grid = new Grid(
                ATTACK,
                List.of(
                        new Setting("trigger", List.of("pixel", "pattern")),
                        new Setting("epochs", List.of("3")),
                        new Setting("seed", List.of("1", "2"))),
                Map.of());
        assertThat(runs(grid))
                .extracting(PlannedRun::name)
                .containsExactly(
                        "trigger=pixel,seed=1",
                        "trigger=pixel,seed=2",
                        "trigger=pattern,seed=1",
                        "trigger=pattern,seed=2");
        assertThat(runs(grid).get(2).arguments())
                .containsExactly("attack", "--trigger", "pattern", "--epochs", "3", "--seed", "1");
        assertThat(runs(grid).get(2).varied())
                .containsExactly(new PlannedRun.Varied("trigger", "pattern"), new PlannedRun.Varied("seed", "1"));
    }

    @Test
    void oneRunAlone() {
        assertThat(runs(new Grid(ATTACK, List.of(), Map.of())))
                .containsExactly(new PlannedRun("run", List.of(), ATTACK));
    }

    @Test
    void whatIsExceptedIsLeftOut() {
        Grid grid = new Grid(
                ATTACK,
                List.of(new Setting("goal", List.of("one-to-one:6:7", "one-to-one:7:7", "one-to-one:8:7"))),
                Map.of("goal", List.of("one-to-one:7:7")));
        assertThat(runs(grid))
                .extracting(PlannedRun::name)
                .containsExactly("goal=one-to-one~6~7", "goal=one-to-one~8~7");
    }

    /** No name is fit for one file system only, and none is another's. */
    @Test
    void namesAreFitForFilesAndApart() {
        List<String> values = List.of("a/b", "a-b", "a b", "..", "a:b", "a~b", "x".repeat(300), "x".repeat(299), "ä");
        List<PlannedRun> runs = runs(new Grid(ATTACK, List.of(new Setting("trigger", values)), Map.of()));
        assertThat(runs)
                .extracting(PlannedRun::name)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[A-Za-z0-9._=,~-]{1,140}"));
        assertThat(runs.get(1).name()).isEqualTo("trigger=a-b");
        assertThat(runs.get(4).name()).isEqualTo("trigger=a~b");
    }

    @Test
    void namesStayWhenTheGridGrows() {
        Grid small = new Grid(ATTACK, List.of(new Setting("share", List.of("1 %", "2 %")), seeds(2)), Map.of());
        Grid large = new Grid(ATTACK, List.of(new Setting("share", List.of("1 %", "2 %", "5 %")), seeds(3)), Map.of());
        assertThat(runs(large)).containsAll(runs(small));
    }

    @Test
    void settingsAreReplacedWhereTheyStand() {
        Grid grid = new Grid(ATTACK, List.of(seeds(2), new Setting("epochs", List.of("1"))), Map.of());
        assertThat(grid.with(seeds(3)).settings()).extracting(Setting::name).containsExactly("seed", "epochs");
        assertThat(grid.with(seeds(3)).values("seed")).containsExactly("1", "2", "3");
        assertThat(grid.without("seed").with(seeds(1)).settings())
                .extracting(Setting::name)
                .containsExactly("epochs", "seed");
        assertThat(grid.values("momentum")).isEmpty();
    }

    @Test
    void mistakesAreTold() {
        assertThatThrownBy(() -> new Setting("seed", List.of())).hasMessageContaining("'seed' has no value");
        assertThatThrownBy(() -> new Setting("seed", List.of("1", "2", "1")))
                .hasMessageContaining("has the value '1' twice");
        assertThatThrownBy(() -> new Grid(ATTACK, List.of(seeds(1), seeds(2)), Map.of()))
                .hasMessageContaining("'seed' stands there twice");
        assertThatThrownBy(() -> new Grid(ATTACK, List.of(seeds(1)), Map.of("goal", List.of("x"))))
                .hasMessageContaining("'except' names the setting 'goal'");
        assertThatThrownBy(() -> runs(new Grid(ATTACK, List.of(seeds(1)), Map.of("seed", List.of("1")))))
                .hasMessageContaining("'seed' has no value");
        Grid large = new Grid(
                ATTACK, List.of(seeds(1000), new Setting("epochs", seeds(101).values())), Map.of());
        assertThatThrownBy(() -> runs(large)).hasMessageContaining("has 101000 runs");
    }

    private static Setting seeds(int count) {
        return new Setting(
                "seed",
                IntStream.rangeClosed(1, count).mapToObj(String::valueOf).toList());
    }

    private static List<PlannedRun> runs(Grid grid) {
        return grid.runs((name, value) -> List.of("--" + name, value));
    }
}
