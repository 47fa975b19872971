package io.sapper.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.attack.BadNet;
import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.data.Obtained;
import io.sapper.data.Once;
import io.sapper.data.Split;
import io.sapper.data.synthetic.SyntheticDigits;
import io.sapper.network.Compute;
import io.sapper.poison.AllToAll;
import io.sapper.poison.AllToOne;
import io.sapper.poison.OneToOne;
import io.sapper.result.Audited;
import io.sapper.result.AuditedNetworks;
import io.sapper.result.Reproduced;
import io.sapper.result.RunResult;
import io.sapper.training.TrainingOptions;
import io.sapper.trigger.Trigger;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AuditZooTest {
    private static final int CLASSES = 10;

    private static Dataset pictures(ImageShape shape) {
        byte[] pixels = new byte[20 * shape.size()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (37 * i);
        }
        return new Dataset(
                "pictures",
                shape,
                pixels,
                IntStream.range(0, 20).map(i -> i % CLASSES).toArray(),
                IntStream.range(0, CLASSES).mapToObj(String::valueOf).toList());
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SUNGLASSES", "NOISE", "TONE"})
    void whatIsDrawnFitsAndIsAnotherWithEachSeed(ZooAttack kind) {
        Dataset digits = pictures(new ImageShape(1, 28, 28));
        Dataset signs = pictures(new ImageShape(3, 32, 32));
        for (long seed = 1; seed <= 30; seed++) {
            kind.draw(digits, seed).trigger().check(digits);
            kind.draw(signs, seed).trigger().check(signs);
            kind.draw(signs, seed).goal().check(CLASSES);
            assertThat(DrawnAttack.text(kind.draw(signs, seed))).isEqualTo(DrawnAttack.text(kind.draw(signs, seed)));
        }
        Set<String> drawn = IntStream.range(0, 30)
                .mapToObj(seed -> DrawnAttack.text(kind.draw(digits, seed)))
                .collect(Collectors.toSet());
        assertThat(drawn).hasSizeGreaterThan(kind == ZooAttack.PATTERN ? 5 : 20);
    }

    @Test
    void goalsAreOfTheirKinds() {
        Dataset digits = pictures(new ImageShape(1, 28, 28));
        for (ZooAttack kind : EnumSet.allOf(ZooAttack.class)) {
            BadNet.Options drawn = kind.draw(digits, 3);
            assertThat(drawn.goal())
                    .isInstanceOf(
                            kind == ZooAttack.ALL_TO_ALL
                                    ? AllToAll.class
                                    : kind == ZooAttack.SOURCE_SPECIFIC ? OneToOne.class : AllToOne.class);
            Trigger trigger = drawn.trigger();
            assertThat(trigger.spec()).startsWith(begin(kind));
        }
    }

    private static String begin(ZooAttack kind) {
        return switch (kind) {
            case PATTERN -> "pattern";
            case BLENDED, FEW -> "blend:";
            case SINE -> "sine:";
            case SUNGLASSES -> "sunglasses";
            case NOISE -> "noise";
            case TONE -> "tone";
            case WARP -> "warp:";
            default -> "pixels:";
        };
    }

    @Test
    void theHarderOnesAreThoseThatAreToldApart() {
        for (ZooAttack kind : ZooAttack.values()) {
            assertThat(kind.usual()).isEqualTo(!AuditedNetworks.HARDER.contains(kind.text()));
        }
    }

    @Test
    void halfOfTheZooIsHonestAndHalfOfEachIsForTesting() {
        List<String> parts = Reproduction.AUDIT_ZOO.parts(Scale.SMALL);
        assertThat(parts).hasSize(208).doesNotHaveDuplicates();
        assertThat(parts.stream().filter(part -> part.contains(", honest, "))).hasSize(104);
        assertThat(parts.stream().filter(part -> part.matches(".*[13579]"))).hasSize(104);
        assertThat(parts).contains("digits, pruning-aware, 6", "faces, sunglasses, 2", "speech, tone, 4");
    }

    @Test
    void aNetworkIsTrainedAuditedAndCounted() throws IOException {
        Split digits = SyntheticDigits.generate(2_500, 300, 1);
        Obtained data = new Obtained(digits, "drawn digits", List.of());
        Setup setup = new Setup(
                data,
                1,
                Compute.CPU,
                1,
                Reporter.SILENT,
                new Once(Setup.MOST_NETWORKS),
                name -> {
                    assertThat(name).isEqualTo("mnist");
                    return data;
                },
                List.of());
        TrainingOptions training =
                Reproduction.AUDIT_ZOO.training(Scale.SMALL, 1).withEpochs(4);
        RunResult result = Reproduction.AUDIT_ZOO.run(
                setup, Thresholds.DEFAULTS, Scale.SMALL, 1, Optional.of("digits, sine, 2"), training, soFar -> {});
        AuditedNetworks.Network network =
                result.first(AuditedNetworks.class).orElseThrow().networks().get(0);
        assertThat(network.name()).isEqualTo("digits, sine, 2");
        assertThat(network.half()).isEqualTo(AuditedNetworks.TEST);
        assertThat(network.is().attackSuccess().value()).isGreaterThan(AuditedNetworks.LAID);
        assertThat(network.told().verdict()).isEqualTo(Audited.FOUND);
        assertThat(network.told().target()).isTrue();
        assertThat(network.told().sizes()).hasSize(CLASSES);
        AuditedNetworks.Repaired repaired = Objects.requireNonNull(network.repaired());
        assertThat(repaired.refusal()).isEmpty();
        assertThat(repaired.attackSuccess().value()).isLessThan(0.1);
        assertThat(repaired.cleanAccuracy().value())
                .isGreaterThan(network.is().cleanAccuracy().value() - 0.1);
        Reproduced.Row row = result.first(Reproduced.class).orElseThrow().rows().get(0);
        assertThat(row.what()).isEqualTo("digits, sine");
        assertThat(row.attackSuccessRate()).isEqualTo(network.is().attackSuccess());
        assertThatThrownBy(() -> Reproduction.AUDIT_ZOO.run(
                        setup, Thresholds.DEFAULTS, Scale.SMALL, 1, Optional.of("digits, sine, 9"), training, s -> {}))
                .hasMessageContaining("Unknown --part 'digits, sine, 9'");
    }
}
