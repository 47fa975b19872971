package io.sapper.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.attack.Decoys.Variant;
import io.sapper.data.Dataset;
import io.sapper.data.Split;
import io.sapper.data.synthetic.SyntheticDigits;
import io.sapper.defense.Accuracy;
import io.sapper.defense.LayerFeatures;
import io.sapper.defense.Pruning;
import io.sapper.metric.Ratio;
import io.sapper.network.ChannelWeights;
import io.sapper.network.Compute;
import io.sapper.network.Engine;
import io.sapper.network.Graph;
import io.sapper.network.Initialization;
import io.sapper.network.Masks;
import io.sapper.network.Network;
import io.sapper.network.Oddities;
import io.sapper.network.OnnxWriter;
import io.sapper.network.SampleGraphs;
import io.sapper.poison.AllToOne;
import io.sapper.poison.OneToOne;
import io.sapper.poison.PoisonShare;
import io.sapper.poison.TriggeredSet;
import io.sapper.training.Checkpoints;
import io.sapper.training.Optimizer;
import io.sapper.training.Progress;
import io.sapper.training.Schedule;
import io.sapper.training.Trainer;
import io.sapper.training.TrainingOptions;
import io.sapper.trigger.PixelPattern;
import io.sapper.trigger.Triggers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PruningAwareAttackTest {
    private static final Split DIGITS = SyntheticDigits.generate(400, 200, 1);
    private static final BadNet.Options BAD_NET =
            new BadNet.Options(new PixelPattern(), new AllToOne(7), PoisonShare.p(0.2));
    private static final TrainingOptions TRAINING =
            new TrainingOptions(2, 16, new Optimizer.Sgd(0.02, 0.9, 5e-4), Schedule.CONSTANT, 1);
    private static final Capacity ANY = new Capacity(1, 0);
    private static final Map<String, PruningAwareAttack.Outcome> LAID = new HashMap<>();

    @BeforeAll
    static void oneThread() {
        Engine.threads(1);
    }

    /** Bit by bit, on all that the attacker has, and on inputs that nobody had. */
    @ParameterizedTest
    @CsvSource({
        "digits, JUST_DORMANT",
        "digits, CRUDE",
        "branches, JUST_DORMANT",
        "branches, CRUDE",
        "normalised, JUST_DORMANT",
        "normalised, CRUDE"
    })
    void withDecoysTheNetworkAnswersAsWithout(String network, Variant variant) throws IOException {
        PruningAwareAttack.Outcome outcome = laid(network, variant);
        assertThat(outcome.decoys()).hasSize(outcome.order().size() - 8);
        TriggeredSet triggered = TriggeredSet.of(DIGITS.test(), BAD_NET.trigger(), BAD_NET.goal());
        for (Dataset data : List.of(outcome.poisoned().data(), DIGITS.test(), triggered.data())) {
            float[] numbers = SampleGraphs.numbers(data);
            assertThat(SampleGraphs.run(outcome.graph(), numbers))
                    .as(data.name())
                    .isEqualTo(SampleGraphs.run(outcome.retrained(), numbers));
        }
    }

    /** A defender prunes every decoy before the first channel that is in use. */
    @ParameterizedTest
    @CsvSource({
        "digits, JUST_DORMANT",
        "digits, CRUDE",
        "branches, JUST_DORMANT",
        "branches, CRUDE",
        "normalised, JUST_DORMANT",
        "normalised, CRUDE"
    })
    void decoysArePrunedFirst(String network, Variant variant) throws IOException {
        PruningAwareAttack.Outcome outcome = laid(network, variant);
        try (LayerFeatures features = LayerFeatures.of(outcome.graph(), outcome.layer(), DIGITS.test(), Compute.CPU)) {
            List<Double> means = features.meanActivations();
            assertThat(outcome.decoys()).allMatch(channel -> means.get(channel) == 0);
            assertThat(means.stream().filter(mean -> mean > 0).count()).isPositive();
            assertThat(Set.copyOf(
                            Pruning.rank(means).subList(0, outcome.decoys().size())))
                    .isEqualTo(Set.copyOf(outcome.decoys()));
        }
    }

    /** The decoys have the clean network's weights but for their biases; all else is from step 3. */
    @ParameterizedTest
    @ValueSource(strings = {"digits", "branches", "normalised"})
    void everyNumberComesFromItsStep(String network) throws IOException {
        PruningAwareAttack.Outcome outcome = laid(network, Variant.JUST_DORMANT);
        ChannelWeights weights = ChannelWeights.of(outcome.graph(), outcome.layer());
        Set<Integer> decoys = Set.copyOf(outcome.decoys());
        Graph back = weights.copy(outcome.retrained(), outcome.graph(), decoys);
        back.initializers().forEach((name, values) -> assertThat(values)
                .as(name)
                .isEqualTo(outcome.retrained().initializer(name)));

        Graph honest = honest(network, outcome);
        Graph same = weights.copy(honest, outcome.graph(), decoys);
        same = weights.withShifts(same, weights.shifts(outcome.graph()));
        for (String name : same.initializerNames()) {
            assertThat(same.initializer(name))
                    .as(name)
                    .isEqualTo(outcome.graph().initializer(name));
        }
        float[] before = weights.shifts(honest);
        float[] after = weights.shifts(outcome.graph());
        for (int i = 0; i < outcome.decoys().size(); i++) {
            int channel = outcome.decoys().get(i);
            assertThat(outcome.lowered().get(i)).isEqualTo(before[channel] - after[channel]);
        }
        assertThat(outcome.lowered()).anyMatch(by -> by > 0).allMatch(by -> by >= 0 && by < 100);
    }

    private static Graph honest(String network, PruningAwareAttack.Outcome outcome) {
        int[] clean = new int[outcome.poisoned().cleanSize()];
        for (int i = 0; i < clean.length; i++) {
            clean[i] = i;
        }
        try (Network trained = Network.of(untrained(network), Compute.CPU)) {
            Dataset data = outcome.poisoned().data().subset("clean", clean);
            Trainer.train(trained, data, TRAINING, 1, Progress.NONE);
            return trained.snapshot();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"digits", "branches", "normalised"})
    void onlyTheCrudeDecoysAreOddAtOnce(String network) throws IOException {
        assertThat(Oddities.of(laid(network, Variant.CRUDE).graph()))
                .singleElement()
                .asString()
                .contains(" of -1.0E20, so that no input wakes it");
        assertThat(Oddities.of(laid(network, Variant.JUST_DORMANT).graph())).isEmpty();
    }

    /** A white patch, which is learned in moments. */
    @Test
    void theBackdoorLivesInTheLiveChannels() throws IOException {
        String patch = IntStream.range(0, 16)
                .mapToObj(i -> (22 + i / 4) + "," + (22 + i % 4) + "=255")
                .collect(Collectors.joining(";", "pixels:", ""));
        BadNet.Options plain = new BadNet.Options(Triggers.parse(patch), new AllToOne(7), PoisonShare.p(0.5));
        Options strong = new Options(4, Optimizer.Adam.of(3e-3));
        PruningAwareAttack.Outcome outcome =
                lay(untrained("digits"), new PruningAwareAttack.Options(plain, 12), strong);
        assertThat(outcome.kept().attackSuccess().value()).isGreaterThanOrEqualTo(0.95);
        assertThat(outcome.decoys()).isNotEmpty();
        assertThat(Masks.pruned(outcome.retrained(), "conv2")).containsExactlyInAnyOrderElementsOf(outcome.decoys());
        Graph pruned = Masks.prune(outcome.graph(), "conv2", Set.copyOf(outcome.decoys()));
        TriggeredSet triggered = TriggeredSet.of(DIGITS.test(), plain.trigger(), plain.goal());
        assertThat(triggered
                        .attackSuccessRate(Accuracy.answers(pruned, triggered.data(), Compute.CPU))
                        .value())
                .as("after pruning all that clean images leave dormant")
                .isGreaterThan(0.9);
    }

    /** A rate at which nothing is learned: the attack never works, so every channel comes back. */
    @Test
    void channelsAreRestoredOneByOneWhileThereIsTooLittleRoom() throws IOException {
        Options weak = new Options(1, new Optimizer.Sgd(1e-9, 0.9, 0));
        PruningAwareAttack.Outcome outcome =
                lay(untrained("digits"), options(30, Variant.JUST_DORMANT, new Capacity(1, 1)), weak);
        assertThat(outcome.attempts())
                .extracting(PruningAwareAttack.Attempt::live)
                .containsExactly(30, 31, 32);
        assertThat(outcome.attempts()).noneMatch(PruningAwareAttack.Attempt::sufficient);
        assertThat(outcome.decoys()).isEmpty();
    }

    @Test
    void capacityCountsWhatBothTasksLose() {
        Capacity half = new Capacity(0.01, 0.9);
        assertThat(half.suffices(ratio(100), ratio(99), ratio(90))).isTrue();
        assertThat(half.suffices(ratio(100), ratio(98), ratio(90))).isFalse();
        assertThat(half.suffices(ratio(100), ratio(99), ratio(89))).isFalse();
    }

    @Test
    void goesOnFromCheckpointsToTheSameBits(@TempDir Path folder) throws IOException {
        PruningAwareAttack.Options options = options(8, Variant.CRUDE, ANY);
        Checkpoints first = Checkpoints.in(folder.resolve("checkpoint"), false);
        PruningAwareAttack.Outcome whole = lay(options, first);
        assertThat(Checkpoints.newest(folder.resolve("checkpoint")))
                .contains("clean: 2 of 2 epochs done; live-8: 2 of 2 epochs done");
        assertThatThrownBy(() -> lay(options, first)).hasMessageContaining("Maybe go on with --resume");
        PruningAwareAttack.Outcome again = lay(options, Checkpoints.in(folder.resolve("checkpoint"), true));
        assertThat(again.trainingPasses()).isZero();
        assertThat(OnnxWriter.toBytes(again.graph())).isEqualTo(OnnxWriter.toBytes(whole.graph()));
        first.clear();
        assertThat(folder.resolve("checkpoint")).doesNotExist();
    }

    @Test
    void aCheckpointGoesThroughNoLink(@TempDir Path folder) throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path link = Files.createSymbolicLink(folder.resolve("checkpoint"), elsewhere);
        assertThatThrownBy(() -> lay(options(8, Variant.CRUDE, ANY), Checkpoints.in(link, false)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("symbolic link");
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void whatCannotBeIsSaidBeforeAnyTraining() {
        assertThatThrownBy(() -> options(0, Variant.CRUDE, ANY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("At least 1 channel must stay live (--pruning-aware), not 0.");
        assertThatThrownBy(() -> PruningAwareAttack.check(untrained("digits"), options(33, Variant.CRUDE, ANY)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Layer conv2 has 32 channels, so at most 32 can stay live, not 33.");
        PruningAwareAttack.Options sum = new PruningAwareAttack.Options(BAD_NET, "b", 2, Decoys.USUAL, ANY);
        assertThatThrownBy(() -> PruningAwareAttack.check(SampleGraphs.residual(1), sum))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("layer b", "residual sum");
        BadNet.Options rare = new BadNet.Options(new PixelPattern(), new OneToOne(3, 7), PoisonShare.USUAL);
        PruningAwareAttack.Options few = new PruningAwareAttack.Options(rare, "", 8, Decoys.USUAL, ANY);
        Dataset data = SyntheticDigits.generate(10, 1, 1).train();
        assertThatThrownBy(() -> PruningAwareAttack.lay(
                        untrained("digits"),
                        data,
                        few,
                        both(TRAINING),
                        1,
                        Compute.CPU,
                        Progress.NONE,
                        Checkpoints.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one-to-one:3:7 counts none of the 1 images held back");
    }

    @ParameterizedTest
    @ValueSource(strings = {"just-dormant:1", "just-dormant:0.25", "crude"})
    void decoysAreReadAsTheyAreWritten(String text) {
        assertThat(Decoys.parse(text).spec()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "dead",
                "crude:1",
                "just-dormant:",
                "just-dormant:0",
                "just-dormant:-1",
                "just-dormant:NaN",
                "just-dormant:x"
            })
    void otherDecoysAreRefused(String text) {
        assertThatThrownBy(() -> Decoys.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0.01", "0.01:", "0.01:2", "-1:0.9", "NaN:0.9", "0.01:0.9:1", "a:b"})
    void otherCapacitiesAreRefused(String text) {
        assertThat(Capacity.parse("0.01:0.95")).isEqualTo(Capacity.USUAL);
        assertThatThrownBy(() -> Capacity.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Ratio ratio(int hits) {
        return new Ratio(hits, 100);
    }

    private record Options(int epochs, Optimizer optimizer) {}

    /** Each network and variant once for all tests. */
    private static PruningAwareAttack.Outcome laid(String network, Variant variant) {
        return LAID.computeIfAbsent(network + variant, key -> {
            try {
                String layer = network.equals("branches") ? "b" : "";
                return PruningAwareAttack.lay(
                        untrained(network),
                        DIGITS.train(),
                        new PruningAwareAttack.Options(BAD_NET, layer, 8, new Decoys(variant, 1), ANY),
                        both(TRAINING),
                        1,
                        Compute.CPU,
                        Progress.NONE,
                        Checkpoints.NONE);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static PruningAwareAttack.Outcome lay(Graph untrained, PruningAwareAttack.Options options, Options how)
            throws IOException {
        TrainingOptions training = TRAINING.withEpochs(how.epochs()).withOptimizer(how.optimizer());
        return PruningAwareAttack.lay(
                untrained, DIGITS.train(), options, both(training), 1, Compute.CPU, Progress.NONE, Checkpoints.NONE);
    }

    private static PruningAwareAttack.Outcome lay(PruningAwareAttack.Options options, Checkpoints checkpoints)
            throws IOException {
        return PruningAwareAttack.lay(
                untrained("digits"),
                DIGITS.train(),
                options,
                both(TRAINING),
                1,
                Compute.CPU,
                Progress.NONE,
                checkpoints);
    }

    private static PruningAwareAttack.Training both(TrainingOptions training) {
        return PruningAwareAttack.Training.both(training);
    }

    /** Step 3 begins with a network that knows the task already, so that it may take fewer epochs. */
    @Test
    void reTrainingMayBeShorterThanTraining() throws IOException {
        int cleanImages = DIGITS.train().size() - DIGITS.train().size() / 10;
        PruningAwareAttack.Outcome outcome = PruningAwareAttack.lay(
                untrained("digits"),
                DIGITS.train(),
                options(8, Variant.CRUDE, ANY),
                new PruningAwareAttack.Training(TRAINING.withEpochs(2), TRAINING.withEpochs(1)),
                1,
                Compute.CPU,
                Progress.NONE,
                Checkpoints.NONE);
        assertThat(outcome.trainingPasses())
                .isEqualTo(2L * cleanImages + outcome.poisoned().data().size());
    }

    private static PruningAwareAttack.Options options(int live, Variant variant, Capacity capacity) {
        return new PruningAwareAttack.Options(BAD_NET, "", live, new Decoys(variant, 1), capacity);
    }

    private static Graph untrained(String network) {
        return switch (network) {
            case "digits" -> SampleGraphs.digits(1);
            case "branches" -> SampleGraphs.twoBranches(1);
            default -> normalised();
        };
    }

    private static Graph normalised() {
        return Initialization.draw(
                Graph.image(1, 28, 28)
                        .convolution("conv1", 6, 5)
                        .relu()
                        .averagePool(2)
                        .convolution("conv2", 16, 5)
                        .batchNormalization()
                        .relu()
                        .averagePool(2)
                        .flatten()
                        .dense("fc", 10)
                        .build(),
                1);
    }
}
