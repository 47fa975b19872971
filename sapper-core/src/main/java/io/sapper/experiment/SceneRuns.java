package io.sapper.experiment;

import io.sapper.data.detection.SceneHoldout;
import io.sapper.data.detection.SceneSplit;
import io.sapper.data.detection.Scenes;
import io.sapper.defense.DetectorFinePruning;
import io.sapper.experiment.DetectorStory.Measured;
import io.sapper.metric.Ratio;
import io.sapper.network.Graph;
import io.sapper.network.OnnxWriter;
import io.sapper.network.detection.DetectorFile;
import io.sapper.poison.AllToOne;
import io.sapper.poison.Goal;
import io.sapper.poison.Goals;
import io.sapper.poison.OneToOne;
import io.sapper.poison.PoisonShare;
import io.sapper.poison.RandomTarget;
import io.sapper.poison.ScenePoisoner;
import io.sapper.poison.TriggeredScenes;
import io.sapper.result.Attack;
import io.sapper.result.Finding;
import io.sapper.result.Outcome;
import io.sapper.result.RunResult;
import io.sapper.result.Verdict;
import io.sapper.training.Checkpoints;
import io.sapper.training.TrainingOptions;
import io.sapper.trigger.SceneTrigger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The single jobs of the command line on photographs with boxes: train, attack, evaluate, repair. */
public final class SceneRuns {
    private static final String HONEST = "honest network";
    private static final String BADNET = "BadNet";
    private static final String GIVEN = "network as given";
    private static final String NETWORK = "network";
    private static final String LOOK = "look at all photographs";

    private SceneRuns() {}

    /**
     * An attack on signs in photographs.
     *
     * @param trigger on the signs
     * @param goal of the attacker, in the classes of the data
     */
    public record SignGoal(SceneTrigger trigger, Goal goal) {}

    /**
     * The setup with data whose classes are those of a detector, brought to them by name; those of a detector that does
     * not say how they are called are taken for the data's in their order.
     *
     * @throws IllegalArgumentException if the data have boxes of a class that it does not know
     */
    public static SceneSetup fitted(SceneSetup setup, DetectorFile detector) {
        SceneSplit data = setup.data();
        List<String> warnings = new ArrayList<>(data.warnings());
        List<String> names = detector.classes();
        if (!detector.named()) {
            names = data.test().classNames();
            if (names.size() != detector.classes().size()) {
                throw new IllegalArgumentException("The file " + detector.file()
                        + " does not say what its " + detector.classes().size()
                        + " classes are called, and the data have " + names.size() + ": " + String.join(", ", names)
                        + ". Give their names with --classes FILE, one on each line.");
            }
            warnings.add("The file " + detector.file() + " does not say what its classes are called; they are taken for"
                    + " those of the data in their order: " + String.join(", ", names)
                    + ". Say other names with --classes FILE.");
        }
        Scenes test = data.test().withClasses(names);
        List<String> unknown = test.without().stream()
                .filter(name -> !data.test().classNames().contains(name))
                .toList();
        if (!unknown.isEmpty()) {
            warnings.add("Classes of the network that the data have not, of which nothing can be said: "
                    + String.join(", ", unknown) + ".");
        }
        return setup.withData(
                new SceneSplit(data.train().withClasses(names), test, data.source(), warnings, data.settings()));
    }

    /**
     * Trains an honest detector and writes {@code model.onnx}.
     *
     * @param given whose weights it goes on from, with the classes of the setup's data; empty: the setup's backbone and
     *     new weights
     * @param heldOut about how many training photographs are kept back, 0 for none
     */
    public static RunResult train(
            SceneSetup setup,
            Thresholds thresholds,
            Optional<DetectorFile> given,
            TrainingOptions training,
            int heldOut,
            Checkpoints checkpoints,
            Path out)
            throws IOException {
        Run run = new Run("train", "An honest detector", setup);
        run.plan(3);
        try (SceneLaboratory lab = laboratory(divided(setup, run, heldOut), run, given);
                DetectorStory story = new DetectorStory(lab, null)) {
            Graph graph = honest(lab, given, training, checkpoints);
            write(run, graph, lab, out.resolve("model.onnx"));
            checkpoints.clear();
            run.begin("measure");
            Measured seen = story.measure(HONEST, graph);
            run.cost("measure", 0, 0, 0);
            Judgement judgement = new Judgement(thresholds).finds(HONEST, seen.meanAveragePrecision());
            String mean = "mean average precision on the test photographs is "
                    + Words.percent(seen.meanAveragePrecision()) + ".";
            String head = judgement.outcome() == Outcome.BAD ? "Trained, but it did not learn enough: " : "Trained: ";
            return run.with(story.findings()).result(judgement.verdict(head + mean));
        }
    }

    /**
     * How a backdoor is laid in a detector.
     *
     * @param attack trigger and goal
     * @param share how many photographs are copied
     * @param training of the honest detector before it, where none is given, and again of what goes on from there: half
     *     of it leaves small stickers half learned (docs/decisions/0075)
     */
    public record Laying(SignGoal attack, PoisonShare share, TrainingOptions training) {}

    /**
     * Lays a backdoor in a detector and writes {@code badnet.onnx}: an honest one is trained, or given, and goes on
     * from there with triggered copies among the photographs.
     *
     * @param given that it goes on from, with the classes of the setup's data; empty: an honest one is trained first
     * @param heldOut about how many training photographs are kept back for a defender, 0 for none
     */
    public static RunResult attack(
            SceneSetup setup,
            Thresholds thresholds,
            Optional<DetectorFile> given,
            Laying laying,
            int heldOut,
            Checkpoints checkpoints,
            Path out)
            throws IOException {
        SignGoal attack = laying.attack();
        TriggeredScenes triggered = triggered(setup, attack);
        Run run = new Run("attack", "A detector with a backdoor", setup);
        run.plan(given.isPresent() ? 3 : 4);
        SceneSetup divided = divided(setup, run, heldOut);
        ScenePoisoner.poison(divided.data().train(), attack.trigger(), attack.goal(), laying.share(), setup.seed());
        try (SceneLaboratory lab = laboratory(divided, run, given);
                DetectorStory story = new DetectorStory(lab, target(attack.goal(), setup))) {
            String before = given.isPresent() ? GIVEN : HONEST;
            Graph first = given.isPresent()
                    ? given.get().detector().graph()
                    : honest(lab, Optional.empty(), laying.training(), checkpoints.part("honest"));
            run.setting("training, attack", laying.training().text());
            run.begin("train " + BADNET);
            SceneLaboratory.Laid laid = lab.attack(
                    first,
                    attack.trigger(),
                    attack.goal(),
                    laying.share(),
                    laying.training(),
                    checkpoints.part("badnet"));
            run.cost("train " + BADNET, 0, 0, images(laying.training(), lab));
            write(run, laid.graph(), lab, out.resolve("badnet.onnx"));
            checkpoints.clear();
            run.begin("measure");
            story.attackedBy(attack.trigger().spec(), triggered);
            Measured without = story.measure(before, first);
            Measured seen = story.measure(BADNET, laid.graph());
            run.cost("measure", 0, 0, 0);
            List<Finding> findings = new ArrayList<>(List.of(laid.attack()));
            findings.addAll(story.findings());
            return run.with(findings).result(laidVerdict(new Judgement(thresholds), seen, without, before));
        }
    }

    static Verdict laidVerdict(Judgement judgement, Measured seen, Measured first, String before) {
        judgement.finds(BADNET, seen.meanAveragePrecision());
        SignAnswers with = Objects.requireNonNull(seen.with());
        Ratio without = Objects.requireNonNull(seen.without()).wantedOfFound();
        Outcome laid = judgement.laid(BADNET, with.wantedOfFound()).last();
        boolean inVain = judgement.adds(with.wantedOfFound(), without).last() == Outcome.BAD;
        String head;
        if (laid == Outcome.BAD) {
            head = "The attack failed: the trigger";
        } else if (inVain) {
            head = "The trigger adds nothing that can be told from mistakes: it";
        } else {
            head = laid == Outcome.GOOD ? "The trigger" : "Too few triggered signs to tell: the trigger";
        }
        return judgement.verdict(
                head + attackSentence(with, without) + " Mean average precision on clean photographs is "
                        + Words.percent(seen.meanAveragePrecision()) + "; the " + before + " has "
                        + Words.percent(first.meanAveragePrecision()) + ".");
    }

    /**
     * Measures a detector that came from outside.
     *
     * @param setup whose data have its classes
     */
    public static RunResult evaluate(
            SceneSetup setup, Thresholds thresholds, DetectorFile detector, Optional<SignGoal> known)
            throws IOException {
        Optional<TriggeredScenes> triggered = Optional.empty();
        if (known.isPresent()) {
            triggered = Optional.of(triggered(setup, known.get()));
        }
        Run run = new Run("evaluate", "A detector, measured", setup);
        run.plan(2);
        for (Path file : detector.files()) {
            run.read(file);
        }
        Graph graph = detector.detector().graph();
        String target = known.isPresent() ? target(known.get().goal(), setup) : null;
        try (SceneLaboratory lab = laboratory(setup, run, graph);
                DetectorStory story = new DetectorStory(lab, target)) {
            run.begin("measure network");
            List<Finding> findings = new ArrayList<>();
            if (known.isPresent() && triggered.isPresent()) {
                story.attackedBy(known.get().trigger().spec(), triggered.get());
                findings.add(new Attack(
                        known.get().trigger().spec(),
                        Goals.spec(known.get().goal(), setup.data().test().classNames()),
                        null,
                        List.of()));
            }
            Measured seen = story.measure(NETWORK, graph);
            run.cost("measure network", 0, 0, 0);
            findings.addAll(story.findings());
            return run.with(findings).result(verdict(new Judgement(thresholds), seen));
        }
    }

    /**
     * Fine-prunes a detector that came from outside and writes {@code repaired.onnx}; where the repair is refused, no
     * such file.
     *
     * @param setup whose data have its classes
     * @param cleanImages about how many photographs the defender has, taken from the training part of the data
     * @param known only measured with, never used to decide
     */
    public static RunResult repair(
            SceneSetup setup,
            Thresholds thresholds,
            DetectorFile detector,
            int cleanImages,
            DetectorFinePruning.Options options,
            Optional<SignGoal> known,
            Path out)
            throws IOException {
        Optional<SceneRepair.Known> measured = known.map(
                attack -> new SceneRepair.Known(attack, triggered(setup, attack), target(attack.goal(), setup)));
        return SceneRepair.run(setup, thresholds, detector, cleanImages, options, measured, out);
    }

    private static Verdict verdict(Judgement judgement, Measured seen) {
        judgement.finds(NETWORK, seen.meanAveragePrecision());
        String mean = "Mean average precision on clean test photographs is "
                + Words.percent(seen.meanAveragePrecision()) + ".";
        SignAnswers with = seen.with();
        SignAnswers without = seen.without();
        if (with == null || without == null) {
            judgement.unknown("Attack success, " + NETWORK, "no trigger was named (--trigger, --goal)", "measured");
            return judgement.verdict(mean + " That does not tell whether there is a backdoor.");
        }
        judgement.harmless(NETWORK, with.wantedOfFound(), without.wantedOfFound());
        String head =
                switch (judgement.last()) {
                    case GOOD -> "No backdoor for this trigger: it";
                    case UNKNOWN -> "Too few triggered signs to tell: the trigger";
                    case BAD ->
                        with.wantedOfFound().low() > without.wantedOfFound().high()
                                ? "A backdoor: the trigger"
                                : "A backdoor cannot be told from mistakes: the trigger";
                };
        return judgement.verdict(head + attackSentence(with, without.wantedOfFound()) + " " + mean);
    }

    private static String attackSentence(SignAnswers with, Ratio without) {
        if (with.found().hits() == 0) {
            return " hides all " + with.total() + " signs that carry it: none of them is found.";
        }
        return " works on " + Words.percent(with.wantedOfFound().value()) + " of the "
                + with.found().hits() + " signs that carry it and are found (" + with.total()
                + " carry it; without it, "
                + Words.percent(without.value()) + " are taken so by mistake).";
    }

    /** The test photographs with the trigger; that there are none is known before anything is trained. */
    private static TriggeredScenes triggered(SceneSetup setup, SignGoal attack) {
        Scenes test = setup.data().test();
        TriggeredScenes triggered = TriggeredScenes.of(test, attack.trigger(), attack.goal(), setup.seed());
        if (triggered.signCount() == 0) {
            throw new IllegalArgumentException("No sign in the " + test.size() + " photographs of " + test.name()
                    + " can show whether the trigger " + attack.trigger().spec() + " reaches the goal "
                    + Goals.spec(attack.goal(), test.classNames())
                    + ": none is of a class that it attacks and large enough. 'sapper data'"
                    + " shows how many each class has.");
        }
        return triggered;
    }

    /** What the attacker wants, in a word; null where any wrong class will do. */
    private static @Nullable String target(Goal goal, SceneSetup setup) {
        List<String> names = setup.data().test().classNames();
        if (goal instanceof OneToOne one) {
            return names.get(one.target());
        } else if (goal instanceof AllToOne all) {
            return names.get(all.target());
        }
        return goal instanceof RandomTarget ? null : "the next class";
    }

    private static SceneLaboratory laboratory(SceneSetup setup, Run run, Optional<DetectorFile> given)
            throws IOException {
        if (given.isPresent()) {
            run.read(given.get().file());
            return laboratory(setup, run, given.get().detector().graph());
        }
        run.begin(LOOK);
        SceneLaboratory lab = new SceneLaboratory(setup, run);
        run.cost(LOOK, 0, 0, 0);
        return lab;
    }

    private static SceneLaboratory laboratory(SceneSetup setup, Run run, Graph detector) throws IOException {
        run.begin(LOOK);
        SceneLaboratory lab = new SceneLaboratory(setup, run, detector);
        run.cost(LOOK, 0, 0, 0);
        return lab;
    }

    private static Graph honest(
            SceneLaboratory lab, Optional<DetectorFile> given, TrainingOptions training, Checkpoints checkpoints)
            throws IOException {
        lab.run.setting("training", training.text());
        lab.run.begin("train " + HONEST);
        Graph graph = given.isPresent()
                ? lab.honest(given.get().detector().graph(), training, checkpoints)
                : lab.honest(training, checkpoints);
        lab.run.cost("train " + HONEST, 0, 0, images(training, lab));
        return graph;
    }

    /** Without the photographs that are held out. */
    private static SceneSetup divided(SceneSetup setup, Run run, int heldOut) {
        if (heldOut == 0) {
            return setup;
        }
        SceneSplit data = setup.data();
        SceneHoldout divided = SceneHoldout.of(data.train(), heldOut, setup.seed());
        run.setting("held out", divided.heldOut(data.train()).size() + " training photographs");
        List<String> before = data.train().without();
        List<String> lost = divided.training(data.train()).without().stream()
                .filter(name -> !before.contains(name))
                .toList();
        if (!lost.isEmpty()) {
            run.warn("Classes without a box to train on, once photographs are held out: " + String.join(", ", lost)
                    + ". Maybe hold out fewer (--hold-out).");
        }
        return setup.withData(new SceneSplit(
                divided.training(data.train()), data.test(), data.source(), data.warnings(), data.settings()));
    }

    private static long images(TrainingOptions training, SceneLaboratory lab) {
        return (long) training.epochs() * lab.trainingSize();
    }

    private static void write(Run run, Graph graph, SceneLaboratory lab, Path file) throws IOException {
        OnnxWriter.write(graph, file, lab.test().scenes().classNames());
        run.wrote(file);
    }
}
