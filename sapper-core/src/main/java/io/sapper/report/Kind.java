package io.sapper.report;

import io.sapper.result.ActivationProfile;
import io.sapper.result.Attack;
import io.sapper.result.Audited;
import io.sapper.result.AuditedNetworks;
import io.sapper.result.Changes;
import io.sapper.result.ChannelMaps;
import io.sapper.result.Decisions;
import io.sapper.result.DetectionRates;
import io.sapper.result.FilterPictures;
import io.sapper.result.Finding;
import io.sapper.result.HeatMap;
import io.sapper.result.Photographs;
import io.sapper.result.PrecisionRecallCurves;
import io.sapper.result.ProposalRecall;
import io.sapper.result.PruningCurve;
import io.sapper.result.Rates;
import io.sapper.result.Reproduced;
import io.sapper.result.ReproducedFigures;
import io.sapper.result.RunResult;
import io.sapper.result.RunTable;
import io.sapper.result.Samples;
import io.sapper.result.Steps;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BiPredicate;

/**
 * The kinds of section that show a finding; {@code report.jte} has one template for each. A finding may have several:
 * rates are shown for all inputs, and class by class. Public for the templates.
 */
public enum Kind {
    RATES("rates", "Rates on test data", Rates.class, (result, rates) -> !rates.networks()
            .isEmpty()),
    CLASSES("classes", "Class by class", Rates.class, (result, rates) -> !Measured.classByClass(
                    Measured.of(result, rates))
            .isEmpty()),
    STEPS("steps", "What each step did here", Steps.class, (result, steps) -> !steps.steps()
            .isEmpty()),
    REPRODUCED("reproduced", "The paper’s numbers and ours", Reproduced.class, (result, reproduced) -> true),
    SAMPLES("samples", "What the networks say", Samples.class, (result, samples) -> !samples.samples()
            .isEmpty()),
    PRUNING("pruning", "The pruning curve", PruningCurve.class, (result, curve) -> !curve.points()
            .isEmpty()),
    ACTIVATIONS(
            "activations",
            "How active each channel is",
            ActivationProfile.class,
            (result, profile) ->
                    profile.equals(Activations.beside(result, profile).get(0))),
    FILTERS("filters", "First-layer filters", FilterPictures.class, (result, pictures) -> !pictures.filters()
            .isEmpty()),
    DECISIONS("decisions", "What was decided, and on what", Decisions.class, (result, decisions) -> true),
    CHANGES("changes", "What the repaired file has changed", Changes.class, (result, changes) -> true),
    ATTACK("attack", "The attack", Attack.class, (result, attack) -> true),
    PHOTOGRAPHS("photographs", "What the networks see", Photographs.class, (result, photographs) -> !photographs
            .photographs()
            .isEmpty()),
    DETECTION("detection", "Signs found and missed", DetectionRates.class, (result, rates) -> !rates.networks()
            .isEmpty()),
    PRECISION_RECALL(
            "precision-recall",
            "Precision against recall",
            PrecisionRecallCurves.class,
            (result, curves) -> !curves.curves().isEmpty()),
    PROPOSALS("proposals", "Where the networks look", ProposalRecall.class, (result, recall) -> !recall.rows()
            .isEmpty()),
    CHANNEL_MAPS("channel-maps", "Channels that the trigger wakes", ChannelMaps.class, (result, maps) -> !maps.clean()
            .isEmpty()),
    FIGURES("figures", "The paper’s figures and ours", ReproducedFigures.class, (result, reproduced) -> true),
    HEAT_MAP("heat-map", "Cell by cell", HeatMap.class, (result, map) -> map.seeds() > 0),
    RUNS("runs", "The runs", RunTable.class, (result, table) -> true),
    AUDITED("audited", "What was looked at, and seen", Audited.class, (result, audited) -> true),
    AUDITED_NETWORKS(
            "audited-networks",
            "What the audit says of networks that are known",
            AuditedNetworks.class,
            (result, audited) -> !audited.networks().isEmpty());

    private final String id;
    private final String title;
    private final Class<? extends Finding> finding;

    @SuppressWarnings("ImmutableEnumChecker") // functions of their arguments alone, which keep nothing
    private final BiPredicate<RunResult, Finding> shown;

    <T extends Finding> Kind(String id, String title, Class<T> finding, BiPredicate<RunResult, T> shown) {
        this.id = id;
        this.title = title;
        this.finding = finding;
        this.shown = (result, some) -> shown.test(result, finding.cast(some));
    }

    /** The sections for a kind of finding, in the order in which they stand. */
    static List<Kind> of(Class<? extends Finding> finding) {
        return Arrays.stream(values())
                .filter(kind -> kind.finding.equals(finding))
                .toList();
    }

    /** The section's id in the page, where it is the first of its kind. */
    String id() {
        return id;
    }

    /** Its heading. */
    String title() {
        return title;
    }

    /** What a finding is about, in a word or two; empty where it does not say. */
    String subject(Finding some) {
        if (some instanceof Photographs photographs) {
            return photographs.trigger();
        } else if (some instanceof Attack attack) {
            return attack.trigger();
        } else if (some instanceof DetectionRates rates) {
            return Objects.requireNonNullElse(rates.trigger(), "");
        }
        if (some instanceof HeatMap map) {
            return map.title();
        }
        if (some instanceof Decisions decisions) {
            return Objects.requireNonNullElse(decisions.about(), "");
        }
        return some instanceof ChannelMaps maps ? maps.network() : "";
    }

    /** Whether there is anything to show; a profile that stands beside an earlier one of its layer has no section. */
    boolean shows(RunResult result, Finding some) {
        return shown.test(result, some);
    }
}
