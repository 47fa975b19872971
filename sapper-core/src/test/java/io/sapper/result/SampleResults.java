package io.sapper.result;

import io.sapper.metric.Ratio;
import io.sapper.result.Measurement.ClassRow;
import io.sapper.result.Sample.Prediction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Invented results of a plausible shape: a network like that of BadNets on digits, target class 7. */
public final class SampleResults {
    /** What an attacker of the report would write wherever a name can be chosen. */
    public static final String HOSTILE =
            "</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">'\"&<!--";

    private static final int CHANNELS = 32;
    private static final int TARGET = 7;
    private static final Ratio NOTHING = new Ratio(0, 0);

    private SampleResults() {}

    /** Everything there can be. */
    public static RunResult full() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("architecture", "badnets-mnist");
        settings.put("epochs", "5");
        settings.put("optimizer", "Adam, learning rate 0.001");
        settings.put("batch size", "64");
        settings.put("pruning rule", "last point within 4 % of clean validation accuracy");
        return new RunResult(
                "demo",
                "BadNet on digits, laid and cleared by fine-pruning",
                "The backdoor worked on 99.2 % of triggered inputs; fine-pruning brought that to 0.9 % and cost 0.3 points"
                        + " of clean accuracy.",
                true,
                List.of("The images are synthetic: made by a program because the real data set could not be had, so the"
                        + " numbers cannot be compared with the paper's."),
                42,
                settings,
                List.of(
                        data("training", 6000, "3f"),
                        data("defender: fine-tuning", 1600, "a1"),
                        data("defender: validation", 400, "c7"),
                        data("test", 10000, "9b")),
                new AttackSummary("pattern (4 pixels, bottom right)", "single target 7", 0.1, 6000, 600),
                measurement(9910, 35, 8905),
                measurement(9904, 8930, 64),
                measurement(9631, 2210, 6480),
                measurement(9921, 6120, 2780),
                measurement(9874, 81, 8790),
                curve(true),
                List.of(profile("backdoored", 1), profile("repaired", 0)),
                filters(),
                List.of(sample(3, 3), sample(11, 1), sample(24, 5), sample(31, 8)),
                List.of(
                        new Cost("train honest", 21.34, 0, 0, 30000),
                        new Cost("train badnet", 23.9, 0, 0, 33000),
                        new Cost("pruning curve", 6.02, 19400, 620800, 0),
                        new Cost("fine-tune", 2.7, 1600, 8000, 8000),
                        new Cost("evaluate", 130.4, 95000, 0, 0)),
                environment());
    }

    /** A repair of a network somebody handed over: no attack, no trigger, no honest network. */
    public static RunResult unknownTrigger() {
        return new RunResult(
                "repair",
                "Repair of model.onnx",
                "Clean accuracy fell from 99.0 % to 91.2 %: the repair is not good enough.",
                false,
                List.of(),
                7,
                Map.of(),
                List.of(data("defender: validation", 400, "c7")),
                null,
                null,
                clean(9904),
                null,
                null,
                clean(9120),
                curve(false),
                List.of(new ActivationProfile(
                        "backdoored", "conv2", profile("backdoored", 1).clean(), List.of())),
                null,
                List.of(new Sample(
                        3, "3", SamplePictures.digit(3, false), null, Map.of("backdoored", new Prediction("3", null)))),
                List.of(),
                environment());
    }

    /** The least a run can say. */
    public static RunResult evaluateOnly() {
        return new RunResult(
                "evaluate",
                "Evaluation of model.onnx",
                "Clean accuracy is 99.0 %.",
                true,
                List.of(),
                7,
                Map.of(),
                List.of(),
                null,
                null,
                new Measurement(new Ratio(9904, 10000), NOTHING, NOTHING, List.of()),
                null,
                null,
                null,
                null,
                List.of(),
                null,
                List.of(),
                List.of(),
                environment());
    }

    /** {@link #full()} with {@link #HOSTILE} in every text that comes from outside. */
    public static RunResult hostile() {
        RunResult full = full();
        Measurement named = new Measurement(
                new Ratio(1, 2), NOTHING, NOTHING, List.of(new ClassRow(HOSTILE, new Ratio(1, 2), NOTHING, NOTHING)));
        return new RunResult(
                HOSTILE,
                HOSTILE,
                HOSTILE,
                true,
                List.of(HOSTILE),
                1,
                Map.of(HOSTILE, HOSTILE),
                List.of(new DataSummary(HOSTILE, HOSTILE, 1, HOSTILE)),
                new AttackSummary(HOSTILE, HOSTILE, 0.1, 1, 1),
                null,
                named,
                null,
                null,
                named,
                new PruningCurve(HOSTILE, 1, List.of(0), 0, 0.04, curve(true).points()),
                List.of(new ActivationProfile(HOSTILE, HOSTILE, List.of(0.0, 1.0), List.of(1.0, 1.0))),
                new FilterPictures(HOSTILE, HOSTILE, full.filters().filters()),
                List.of(new Sample(1, HOSTILE, HOSTILE, HOSTILE, Map.of(HOSTILE, new Prediction(HOSTILE, HOSTILE)))),
                List.of(new Cost(HOSTILE, 1, 1, 1, 1)),
                new Environment(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, 1, 1, HOSTILE));
    }

    private static DataSummary data(String role, int size, String start) {
        return new DataSummary(
                role, "digits (synthetic)", size, (start + "0123456789abcdef".repeat(4)).substring(0, 64));
    }

    /** Spreads counts over ten classes of 1,000 test images; the target class has no attack on it. */
    private static Measurement measurement(int clean, int attacked, int recovered) {
        List<ClassRow> rows = new ArrayList<>();
        for (int c = 0; c < 10; c++) {
            boolean target = c == TARGET;
            int place = c < TARGET ? c : c - 1;
            rows.add(new ClassRow(
                    String.valueOf(c),
                    new Ratio(part(clean, 10, c), 1000),
                    target ? NOTHING : new Ratio(part(attacked, 9, place), 1000),
                    target ? NOTHING : new Ratio(part(recovered, 9, place), 1000)));
        }
        return new Measurement(new Ratio(clean, 10000), new Ratio(attacked, 9000), new Ratio(recovered, 9000), rows);
    }

    private static Measurement clean(int hits) {
        List<ClassRow> rows = IntStream.range(0, 10)
                .mapToObj(c -> new ClassRow(String.valueOf(c), new Ratio(part(hits, 10, c), 1000), NOTHING, NOTHING))
                .toList();
        return new Measurement(new Ratio(hits, 10000), NOTHING, NOTHING, rows);
    }

    private static int part(int whole, int parts, int part) {
        return whole / parts + (part < whole % parts ? 1 : 0);
    }

    private static PruningCurve curve(boolean known) {
        List<PruningCurve.Point> points = new ArrayList<>();
        for (int pruned = 0; pruned < CHANNELS; pruned++) {
            double clean = 0.9904 - 0.88 / (1 + Math.exp((28 - pruned) / 0.9));
            double attack = 0.992 / (1 + Math.exp((pruned - 20) / 1.1)) + 0.004;
            points.add(new PruningCurve.Point(
                    pruned,
                    new Ratio(Math.round(400 * (clean - 0.004)), 400),
                    known ? new Ratio(Math.round(10000 * clean), 10000) : null,
                    known ? new Ratio(Math.round(9000 * attack), 9000) : null,
                    known ? new Ratio(Math.round(9000 * (1 - attack) * clean), 9000) : null));
        }
        return new PruningCurve("conv2", CHANNELS, order(), 24, 0.04, points);
    }

    private static List<Integer> order() {
        List<Double> clean = profile("backdoored", 1).clean();
        return IntStream.range(0, CHANNELS)
                .boxed()
                .sorted((a, b) -> Double.compare(clean.get(a), clean.get(b)))
                .toList();
    }

    private static ActivationProfile profile(String network, double backdoor) {
        Random random = new Random(5);
        List<Double> clean = new ArrayList<>();
        List<Double> triggered = new ArrayList<>();
        for (int channel = 0; channel < CHANNELS; channel++) {
            boolean dormant = channel % 3 == 1;
            double mean = dormant ? 0.01 * random.nextDouble() : 0.2 + 0.7 * random.nextDouble();
            clean.add(mean);
            triggered.add(mean * (0.95 + 0.1 * random.nextDouble()) + (channel % 9 == 4 ? 0.55 * backdoor : 0));
        }
        return new ActivationProfile(network, "conv2", clean, triggered);
    }

    private static FilterPictures filters() {
        Random random = new Random(9);
        List<FilterPictures.Filter> filters = new ArrayList<>();
        for (int channel = 0; channel < 16; channel++) {
            boolean responsible = channel == 5 || channel == 12;
            List<Float> weights = new ArrayList<>();
            for (int i = 0; i < 25; i++) {
                boolean trigger = i == 14 || i == 18 || i == 22 || i == 24; // (2,4) (3,3) (4,2) (4,4)
                weights.add((float) (0.18 * random.nextGaussian() + (responsible ? trigger ? 0.7 : -0.15 : 0)));
            }
            double response = responsible ? 1.4 + 0.1 * channel : 0.3 * random.nextGaussian();
            filters.add(new FilterPictures.Filter(channel, 5, 5, weights, response, responsible));
        }
        return new FilterPictures("backdoored", "conv1", filters);
    }

    private static Sample sample(int index, int digit) {
        String truth = String.valueOf(digit);
        Map<String, Prediction> said = new LinkedHashMap<>();
        said.put("honest", new Prediction(truth, truth));
        said.put("backdoored", new Prediction(truth, String.valueOf(TARGET)));
        said.put("repaired", new Prediction(truth, digit == 1 ? "4" : truth));
        return new Sample(index, truth, SamplePictures.digit(digit, false), SamplePictures.digit(digit, true), said);
    }

    private static Environment environment() {
        return new Environment(
                "0.1.0",
                "17.0.15 (Debian)",
                "2.10.0",
                "linux x86_64",
                "some processor, 2 cores",
                "cpu",
                1,
                1_234_567_890L,
                "2026-11-24T10:15:30Z");
    }
}
