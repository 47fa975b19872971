package io.sapper.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.attack.BadNet;
import io.sapper.data.Obtained;
import io.sapper.data.Split;
import io.sapper.data.synthetic.SyntheticDigits;
import io.sapper.network.Compute;
import io.sapper.network.Engine;
import io.sapper.network.zoo.Architecture;
import io.sapper.poison.AllToOne;
import io.sapper.poison.PoisonShare;
import io.sapper.result.ActivationProfile;
import io.sapper.result.Finding;
import io.sapper.result.PruningCurve;
import io.sapper.result.Reproduced.Row;
import io.sapper.trigger.PixelPattern;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The course of a system, all parts of it, on drawn digits. */
class FinePruningSystemsIT {
    private static final Victim DIGITS = new Victim(
            "digits",
            "synthetic-digits",
            "Digits stand in.",
            Architecture.BADNETS_DIGITS,
            "",
            new BadNet.Options(new PixelPattern(), new AllToOne(7), PoisonShare.p(0.1)),
            8,
            200,
            Recipes::quick);

    @Test
    void everyPartGivesItsRowsAndFindings() throws IOException {
        Engine.threads(2);
        Split digits = SyntheticDigits.generate(1_200, 300, 1);
        Setup setup = new Setup(
                new Obtained(digits, "drawn", List.of()),
                1,
                Compute.CPU,
                2,
                Reporter.SILENT,
                List.of());
        FinePruningSystems experiment = new FinePruningSystems(
                "Fine-Pruning", List.of(DIGITS), EnumSet.complementOf(EnumSet.of(Siege.Part.CLEAN_DATA)), List.of());
        Experiment.Found found = experiment.run(setup, Recipes.quick(2));
        for (Row row : found.rows()) System.out.println(row);
        for (Finding f : found.findings()) System.out.println(f.getClass().getSimpleName());
    }
}
