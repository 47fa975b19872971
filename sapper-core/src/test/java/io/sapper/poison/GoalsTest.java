package io.sapper.poison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.Seeds;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoalsTest {
    private final RandomGenerator random = Seeds.generator(1, "test");

    /** goal, true label, attacked, label that copies get, an answer, whether it is a success; ten classes. */
    @ParameterizedTest
    @CsvSource({
        "one-to-one:0:1, one-to-one:stop:limit",
        "all-to-one:2, all-to-one:number=2",
        "one-to-one:0:3, one-to-one:number=0:number=3",
        "random, random",
        "all-to-all, all-to-all"
    })
    void classesAreToldByNameWhereThatIsClear(String spec, String told) {
        List<String> names = List.of("stop", "limit", "1", "2"); // 2 is named 1, and 3 is named 2
        assertThat(Goals.spec(Goals.parse(spec), names)).isEqualTo(told);
        assertThat(Goals.parse(told, names)).isEqualTo(Goals.parse(spec));
    }

    @ParameterizedTest
    @CsvSource({
        "one-to-one:1:7, 1, true,  7, 7, true",
        "one-to-one:1:7, 1, true,  7, 1, false",
        "one-to-one:1:7, 1, true,  7, 3, false",
        "one-to-one:1:7, 2, false, 7, 7, true",
        "all-to-one:7,   0, true,  7, 7, true",
        "all-to-one:7,   0, true,  7, 6, false",
        "all-to-one:7,   7, false, 7, 7, true",
        "all-to-all,     3, true,  4, 4, true",
        "all-to-all,     9, true,  0, 0, true",
        "all-to-all,     9, true,  0, 9, false"
    })
    void handWorked(String spec, int label, boolean attacked, int poison, int answer, boolean success) {
        Goal goal = Goals.parse(spec);
        assertThat(goal.attacks(label)).isEqualTo(attacked);
        assertThat(goal.counts(label)).isEqualTo(attacked);
        assertThat(goal.poisonLabel(label, 10, random)).isEqualTo(poison);
        assertThat(goal.succeeded(label, answer, 10)).isEqualTo(success);
    }

    @Test
    void randomTargetGivesEveryOtherClassAndNeverTheTrueOne() {
        Goal goal = new RandomTarget();
        int[] counts = new int[5];
        for (int i = 0; i < 4000; i++) {
            counts[goal.poisonLabel(2, 5, random)]++;
        }
        assertThat(counts[2]).isZero();
        for (int other : new int[] {0, 1, 3, 4}) {
            assertThat(counts[other]).isBetween(850, 1150);
        }
        assertThat(goal.succeeded(2, 2, 5)).isFalse();
        assertThat(goal.succeeded(2, 0, 5)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"one-to-one:1:7", "all-to-one:0", "all-to-all", "random"})
    void specsRoundTrip(String spec) {
        assertThat(Goals.parse(spec).spec()).isEqualTo(spec);
        assertThat(Goals.parse(Goals.parse(spec).spec())).isEqualTo(Goals.parse(spec));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "all-to-two | Unknown goal 'all-to-two'. Known are one-to-one",
                "'' | Unknown goal",
                "one-to-one:1 | does not read one-to-one:SOURCE:TARGET",
                "one-to-one:3:3 | two different classes",
                "all-to-one | does not read all-to-one:TARGET",
                "all-to-one:seven | has 'seven' where a class number",
                "all-to-one:-1 | there is no class -1",
                "all-to-all:3 | does not read all-to-all"
            })
    void mistakesAreNamed(String spec, String message) {
        assertThatThrownBy(() -> Goals.parse(spec))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"one-to-one:10:2,10", "one-to-one:2:10,10", "all-to-one:10,10", "all-to-all,1", "random,1"})
    void classesThatAreNotThereAreRefused(String spec, int classes) {
        assertThatThrownBy(() -> Goals.parse(spec).check(classes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(spec);
    }

    /** Classes: 0 stop, 1 no entry, 2 a:b, 3 b, 4 "7" (whose number is 4), 5 "5" (whose number is 5). */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "all-to-one:stop | all-to-one:0",
                "all-to-one:no entry | all-to-one:1",
                "all-to-one:1 | all-to-one:1",
                "all-to-one:7 | all-to-one:4",
                "all-to-one:5 | all-to-one:5",
                "all-to-one:a:b | all-to-one:2",
                "all-to-one:name=7 | all-to-one:4",
                "all-to-one:number=4 | all-to-one:4",
                "one-to-one:stop:4 | one-to-one:0:4",
                "one-to-one:a:b:stop | one-to-one:2:0",
                "one-to-one:stop:a:b | one-to-one:0:2",
                "all-to-all | all-to-all",
                "random | random"
            })
    void classesGoByNameToo(String spec, String meant) {
        List<String> names = List.of("stop", "no entry", "a:b", "b", "7", "5");
        assertThat(Goals.parse(spec, names).spec()).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "all-to-one:3 | the one named 3 has number 2, and number 3 is named 4. Write name=3 or number=3",
                "one-to-one:1:4 | named 1 has number 0, and number 1 is named 2",
                "all-to-one:9 | has '9', which is neither the name nor the number of a class; the data has the classes 0 to 3",
                "all-to-one:-1 | has '-1', which is neither",
                "all-to-one:number=9 | has 'number=9', which is neither",
                "all-to-one:name=9 | has 'name=9', which is neither",
                "one-to-one:name=1:name=1 | two different classes"
            })
    void numbersAsNamesAreDefinedOrRefused(String spec, String message) {
        List<String> folders = List.of("1", "2", "3", "4");
        assertThatThrownBy(() -> Goals.parse(spec, folders))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
        assertThat(Goals.parse("all-to-one:4", folders)).isEqualTo(new AllToOne(3));
        assertThat(Goals.parse("all-to-one:0", folders)).isEqualTo(new AllToOne(0));
        assertThat(Goals.parse("one-to-one:name=1:number=1", folders)).isEqualTo(new OneToOne(0, 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "all-to-one:Stop | Maybe stop is meant",
                "all-to-one:stpo | Maybe stop is meant",
                "all-to-one:no_entry | Maybe no entry or no entry for lorries is meant",
                "all-to-one:14 | Maybe 00014 is meant",
                "one-to-one:stop:lorry | They begin with stop, no entry, no entry for lorries; 'sapper data'"
            })
    void unknownNamesListNearOnes(String spec, String message) {
        assertThatThrownBy(() -> Goals.parse(spec, List.of("stop", "no entry", "no entry for lorries", "00014")))
                .hasMessageContaining(message);
    }

    /** Class names are not known yet; all else is. */
    @ParameterizedTest
    @ValueSource(strings = {"all-to-one", "all-to-one:", "one-to-one:x", "one-to-one:x:", "one-to-one:x:x", "all", ""})
    void formsAreCheckedBeforeTheDataAreThere(String spec) {
        Goals.checkForm("one-to-one:x:y");
        assertThatThrownBy(() -> Goals.checkForm(spec)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesThatCanBeReadInTwoWaysAreRefused() {
        assertThatThrownBy(() -> Goals.parse("one-to-one:a:a:a", List.of("a", "a:a")))
                .hasMessageContaining("can be read in two ways");
    }
}
