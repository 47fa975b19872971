package io.sapper.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.attack.BadNet;
import io.sapper.attack.Capacity;
import io.sapper.attack.Decoys;
import io.sapper.attack.PruningAwareAttack;
import io.sapper.data.Obtained;
import io.sapper.data.Split;
import io.sapper.data.synthetic.SyntheticDigits;
import io.sapper.network.Compute;
import io.sapper.network.Engine;
import io.sapper.network.zoo.Architecture;
import io.sapper.poison.AllToOne;
import io.sapper.poison.PoisonShare;
import io.sapper.result.ActivationProfile;
import io.sapper.result.Attack;
import io.sapper.result.Finding;
import io.sapper.result.PruningCurve;
import io.sapper.result.Reproduced.Row;
import io.sapper.result.Samples;
import io.sapper.trigger.PixelPattern;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The course of a system, all parts of it, on drawn digits. */
class FinePruningSystemsIT {
    private static final Victim DIGITS = new Victim(
            "digits",
            new Victim.Data("synthetic-digits", "none", 0),
            new Victim.Network(Architecture.BADNETS_DIGITS, 0, ""),
            new PruningAwareAttack.Options(
                    new BadNet.Options(new PixelPattern(), new AllToOne(7), PoisonShare.p(0.5)),
                    "",
                    8,
                    Decoys.USUAL,
                    new Capacity(1, 0)),
            120,
            Recipes::quick,
            Recipes::quick);

    @Test
    void everyPartGivesItsRowsAndFindings() throws IOException {
        Engine.threads(2);
        Split digits = SyntheticDigits.generate(600, 200, 1);
        Setup setup =
                new Setup(new Obtained(digits, "drawn", List.of()), 1, Compute.CPU, 2, Reporter.SILENT, List.of());
        FinePruningSystems experiment = new FinePruningSystems(
                "Fine-Pruning", List.of(DIGITS), EnumSet.complementOf(EnumSet.of(Siege.Part.CLEAN_DATA)), List.of());
        Experiment.Found found = experiment.run(setup, Recipes.quick(2).withEpochs(2));
        assertThat(found.rows().stream().map(Row::what))
                .containsExactly(
                        "digits: honest",
                        "digits, baseline: none",
                        "digits, baseline: pruned",
                        "digits, baseline: fine-tuning",
                        "digits, baseline: fine-pruning",
                        "digits, baseline: repaired",
                        "digits, baseline: fine-pruning, timed",
                        "digits, pruning-aware: none",
                        "digits, pruning-aware: pruned",
                        "digits, pruning-aware: fine-tuning",
                        "digits, pruning-aware: fine-pruning",
                        "digits, pruning-aware: repaired",
                        "digits, pruning-aware: fine-pruning, timed");
        Map<String, Row> rows = found.rows().stream().collect(Collectors.toMap(Row::what, Function.identity()));
        assertThat(rows.get("digits, baseline: fine-pruning, timed").note()).contains(" s of training: ");
        assertThat(experiment.expected(rows.get("digits, baseline: none"))).isEqualTo(Experiment.Expected.TO_SUCCEED);
        assertThat(experiment.expected(rows.get("digits, baseline: repaired")))
                .isEqualTo(Experiment.Expected.TO_BE_CLEARED);
        assertThat(experiment.expected(rows.get("digits, baseline: pruned"))).isEqualTo(Experiment.Expected.SHOWN);
        // 120 images show too little for an interval; what they count decides (docs/decisions/0064).
        assertThat(rows.get("digits, baseline: repaired").note()).startsWith("learning rate ");
        List<PruningCurve> curves = all(found, PruningCurve.class);
        assertThat(curves.stream().map(PruningCurve::network))
                .containsExactly("digits, baseline, seed 1", "digits, pruning-aware, seed 1");
        assertThat(curves).allMatch(curve -> curve.points().size() == 33);
        assertThat(all(found, ActivationProfile.class)).hasSize(2);
        assertThat(all(found, Attack.class)).singleElement().satisfies(attack -> assertThat(attack.pictures())
                .isNotEmpty());
        assertThat(all(found, Samples.class)).singleElement().satisfies(shown -> assertThat(shown.samples())
                .isNotEmpty());
    }

    private static <T extends Finding> List<T> all(Experiment.Found found, Class<T> kind) {
        return found.findings().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }
}
