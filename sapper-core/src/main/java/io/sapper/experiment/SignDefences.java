package io.sapper.experiment;

import io.sapper.defense.DetectorFinePruning;
import io.sapper.defense.DetectorPruning;
import io.sapper.defense.DetectorPruning.Ranking;
import io.sapper.network.Graph;
import io.sapper.result.Decisions.Decision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One backdoored detector defended, and measured after each defence. */
final class SignDefences {
    static final String NONE = "none";
    static final String FINE_TUNING = "fine-tuning";
    static final String FINE_PRUNING = "fine-pruning";

    /** Parts that the curve is drawn in, one state of the detector for each. */
    private static final int PARTS = 8;

    private final SceneLaboratory lab;
    private final SceneSides sides;
    private final DetectorStory story;
    private final String trigger;
    private final DetectorFinePruning.Options options;
    private final String name;
    private final Graph badnet;
    private final List<Decision> decisions = new ArrayList<>();

    /** @param name of the network in tables */
    SignDefences(
            SceneLaboratory lab,
            SceneSides sides,
            DetectorStory story,
            String trigger,
            DetectorFinePruning.Options options,
            String name,
            Graph badnet) {
        this.lab = lab;
        this.sides = sides;
        this.story = story;
        this.trigger = trigger;
        this.options = options;
        this.name = name;
        this.badnet = badnet;
    }

    /** The row of a pruned network. */
    static String pruned(Ranking ranking) {
        return "pruned, " + ranking.text();
    }

    private String what(String defence) {
        return name + ": " + defence;
    }

    /**
     * All of it; what is measured goes into the story.
     *
     * @return what the undefended network says of triggered signs
     */
    SignAnswers run() throws IOException {
        SignAnswers undefended = story.measured(what(NONE), "", trigger, badnet, true);
        DetectorPruning.Outcome usual = prune(Ranking.PICTURE); // as the paper ranks: fine-pruning begins with this
        prune(Ranking.PROPOSALS);
        tune(usual);
        return undefended;
    }

    /** What was decided, on the defender's photographs. */
    List<Decision> decisions() {
        return decisions;
    }

    private DetectorPruning.Outcome prune(Ranking ranking) {
        String what = what(pruned(ranking));
        DetectorPruning.Outcome pruning = lab.prune(badnet, sides.validation(), ranking, options.allowedDrop());
        String channels = pruning.chosen() + " of " + pruning.order().size() + " channels";
        decisions.add(new Decision(
                what,
                "mean average precision " + Words.percent(pruning.before()) + ", with " + channels + " pruned "
                        + Words.percent(pruning.after()),
                channels + " pruned"));
        story.pruned(
                what,
                trigger,
                badnet,
                pruning.order(),
                DetectorPruning.states(pruning.order().size(), PARTS));
        story.measured(what, channels, trigger, pruning.graph(), false);
        return pruning;
    }

    private void tune(DetectorPruning.Outcome pruning) throws IOException {
        DetectorFinePruning.Outcome repaired = lab.finePrune(pruning, sides.tuning(), sides.validation(), options);
        repaired.attempts()
                .forEach(attempt -> decisions.add(new Decision(
                        what(FINE_PRUNING) + " at learning rate " + Words.number(attempt.learningRate()),
                        "mean average precision " + Words.percent(attempt.precision()) + ", before "
                                + Words.percent(pruning.before()),
                        attempt.kept() ? "kept" : "refused")));
        String rate = (repaired.accepted() ? "" : "refused, taken all the same: ") + "learning rate "
                + Words.number(repaired.learningRate());
        Graph tuned = lab.fineTune(badnet, sides.tuning(), options.tuning(repaired.learningRate()));
        story.measured(
                what(FINE_TUNING), "learning rate " + Words.number(repaired.learningRate()), trigger, tuned, false);
        story.measured(what(FINE_PRUNING), rate, trigger, repaired.graph(), true);
    }
}
