package io.sapper.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.attack.BadNet;
import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.poison.AllToOne;
import io.sapper.trigger.Pixel;
import io.sapper.trigger.Pixels;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DrawnAttackTest {
    private static final Dataset DATA =
            new Dataset("one", new ImageShape(1, 28, 28), new byte[784], new int[1], List.of("0", "1", "2", "3", "4"));

    @Test
    void lieInOnePatchInsideTheImage() {
        Set<Integer> targets = new HashSet<>();
        Set<Integer> counts = new HashSet<>();
        Set<Double> shares = new HashSet<>();
        for (long seed = 0; seed < 200; seed++) {
            BadNet.Options attack = DrawnAttack.draw(DATA, seed);
            attack.trigger().check(DATA);
            attack.goal().check(DATA.classCount());
            List<Pixel> pixels = ((Pixels) attack.trigger()).pixels();
            assertThat(span(pixels.stream().map(Pixel::row).toList())).isLessThan(4);
            assertThat(span(pixels.stream().map(Pixel::column).toList())).isLessThan(4);
            assertThat(pixels).allMatch(pixel -> pixel.value() >= 128);
            targets.add(((AllToOne) attack.goal()).target());
            counts.add(pixels.size());
            shares.add(attack.share().value());
        }
        assertThat(targets).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
        assertThat(counts).containsExactlyInAnyOrder(2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(shares).containsExactlyInAnyOrder(0.02, 0.05, 0.1, 0.2);
    }

    @Test
    void areTheSameForTheSameSeed() {
        assertThat(DrawnAttack.text(DrawnAttack.draw(DATA, 3)))
                .isEqualTo(DrawnAttack.text(DrawnAttack.draw(DATA, 3)))
                .isNotEqualTo(DrawnAttack.text(DrawnAttack.draw(DATA, 4)));
    }

    private static int span(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).max().orElseThrow()
                - numbers.stream().mapToInt(Integer::intValue).min().orElseThrow();
    }
}
