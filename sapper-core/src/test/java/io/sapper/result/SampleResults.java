package io.sapper.result;

import static io.sapper.result.SampleNumbers.NOTHING;

import io.sapper.metric.Ratio;
import io.sapper.result.Measurement.ClassRow;
import io.sapper.result.Sample.Prediction;
import io.sapper.result.Verdict.Check;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Invented results of a plausible shape: a network like that of BadNets on digits, target class 7. */
public final class SampleResults {
    /** What an attacker of the report would write wherever a name can be chosen. */
    public static final String HOSTILE =
            "</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">'\"&<!--";

    private static final int TARGET = 7;

    /** One white pixel. */
    private static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTo51wAAAABJRU5ErkJggg==";

    private SampleResults() {}

    /** Every kind of finding that a demo gives, and everything in the head. */
    public static RunResult full() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("architecture", "badnets-digits");
        settings.put("training", "5 epochs, batch 64, Adam with learning rate 0.001");
        settings.put("pruned layer", "conv2");
        settings.put("allowed loss after tuning", "1.00 points (--max-loss)");
        settings.put("fine-tuning", "10 epochs, batch 64, SGD with learning rate 0.1, cosine schedule");
        return new RunResult(
                "demo",
                List.of("demo", "--out", "it's here"),
                "BadNet on digits, laid and cleared by fine-pruning",
                new Verdict(
                        Outcome.GOOD,
                        "The backdoor is cleared: the trigger works on 0.90 % of the test images instead of 99.22 %; clean"
                                + " accuracy is 98.74 % instead of 99.04 %.",
                        List.of(
                                check("Clean accuracy, repaired network", 98.74, Outcome.GOOD),
                                new Check(
                                        "Clean accuracy lost",
                                        "0.30 points",
                                        "at most 1.00 points (--max-loss)",
                                        Outcome.GOOD),
                                new Check(
                                        "Attack success, repaired network",
                                        "0.90 % (81 of 9,000; 95 % interval 0.72 to 1.12 %); without the trigger 0.10 %",
                                        "at most 5.00 % (--max-attack-success)",
                                        Outcome.GOOD))),
                List.of("The images are synthetic: made by a program because --data synthetic-digits asked for it, so"
                        + " the numbers cannot be compared with the paper's."),
                42,
                settings,
                List.of(
                        new ModelSummary(ModelSummary.WRITTEN, "badnet.onnx", 1125383, digest("f2")),
                        new ModelSummary(ModelSummary.WRITTEN, "repaired.onnx", 1125383, digest("33"))),
                List.of(
                        data("training", 6000, "3f"),
                        data("defender: fine-tuning", 1600, "a1"),
                        data("defender: validation", 400, "c7"),
                        data("test", 10000, "9b")),
                List.of(
                        rates(
                                Rates.HONEST, measurement(9910, 35, 8905),
                                Rates.BACKDOORED, measurement(9904, 8930, 64),
                                Rates.PRUNED, measurement(9631, 2210, 6480),
                                Rates.FINE_TUNED, measurement(9921, 6120, 2780),
                                Rates.REPAIRED, spoilt(measurement(9874, 81, 8790))),
                        new Steps(List.of(
                                new Steps.Step("Pruning alone", "weakened the trigger: it works on 24.56 %."),
                                new Steps.Step("Pruning, then fine-tuning", "took the trigger nearly all effect."))),
                        samples(),
                        SampleNumbers.curve(true),
                        SampleNumbers.profile(Rates.BACKDOORED, 1),
                        SampleNumbers.profile(Rates.REPAIRED, 0),
                        SampleNumbers.filters(),
                        decisions(),
                        changes(),
                        attack(new Attack.Poisoning(0.1, 6000, 600))),
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
        return result(
                "repair",
                new Verdict(
                        Outcome.UNKNOWN,
                        "Fine-pruned; whether a backdoor is left cannot be told, for no trigger was named; clean accuracy"
                                + " is 98.20 % instead of 99.04 %.",
                        List.of(
                                check("Clean accuracy, repaired network", 98.2, Outcome.GOOD),
                                new Check(
                                        "Attack success, repaired network",
                                        "no trigger was named (--trigger, --goal)",
                                        "measured",
                                        Outcome.UNKNOWN))),
                List.of(
                        rates(
                                Rates.BACKDOORED, SampleNumbers.clean(9904),
                                Rates.REPAIRED, SampleNumbers.clean(9820)),
                        new Samples(
                                "The first test image of each class.",
                                List.of(new Sample(
                                        3,
                                        "3",
                                        SamplePictures.digit(3, false),
                                        null,
                                        Map.of(Rates.BACKDOORED, new Prediction("3", null))))),
                        SampleNumbers.curve(false),
                        new ActivationProfile(
                                Rates.BACKDOORED,
                                "conv2",
                                SampleNumbers.profile(Rates.BACKDOORED, 1).clean(),
                                List.of())));
    }

    /** The least a run can say. */
    public static RunResult evaluateOnly() {
        return result(
                "evaluate",
                new Verdict(
                        Outcome.UNKNOWN,
                        "99.04 % of the test images are classified right. That does not tell whether there is a"
                                + " backdoor.",
                        List.of(check("Clean accuracy, network", 99.04, Outcome.GOOD))),
                List.of(rates(
                        Rates.BACKDOORED,
                        new Measurement(new Ratio(9904, 10000), NOTHING, NOTHING, NOTHING, 0, List.of()))));
    }

    /** A repair that was refused: no repaired network. */
    public static RunResult refusedRepair() {
        return result(
                "repair",
                new Verdict(
                        Outcome.BAD,
                        "The repair was refused: fine-tuning cost more clean accuracy than allowed at every learning rate."
                                + " No repaired network was written.",
                        List.of(new Check(
                                "Repair",
                                "refused at 4 learning rates",
                                "clean accuracy lost at most 1.00 points (--max-loss)",
                                Outcome.BAD))),
                List.of(
                        rates(
                                Rates.BACKDOORED, measurement(9904, 8930, 64),
                                Rates.PRUNED, measurement(9631, 2210, 6480)),
                        decisions(),
                        attack(null)));
    }

    /** A table of a paper run again, with many checks of which one is bad. */
    public static RunResult reproduced(List<String> deviations) {
        List<Reproduced.Row> rows = new ArrayList<>();
        List<Check> checks = new ArrayList<>();
        for (long seed = 1; seed <= 10; seed++) {
            rows.add(new Reproduced.Row(seed, "honest", "", new Ratio(9900 + 2 * seed, 10000), null, null));
            rows.add(new Reproduced.Row(
                    seed,
                    "BadNet",
                    seed == 1 ? "learning rate 0.1" : "",
                    new Ratio(9890, 10000),
                    new Ratio(seed == 3 ? 4012 : 9900, 10000),
                    new Ratio(5, 10000)));
            checks.add(check("BadNet, seed " + seed, 99, seed == 3 ? Outcome.BAD : Outcome.GOOD));
        }
        deviations.forEach(deviation ->
                checks.add(new Check("Comparison with the paper", deviation, "measured", Outcome.UNKNOWN)));
        return result(
                "reproduce",
                new Verdict(Outcome.BAD, "BadNets, Table 2: 20 networks measured, 10 seeds.", checks),
                List.of(new Reproduced(
                        "badnets.all-to-all",
                        "BadNets, Table 2",
                        deviations,
                        List.of(
                                new Reproduced.Published("honest", Reproduced.Measure.CLEAN_ERROR, 0.0056, "confirmed"),
                                new Reproduced.Published(
                                        "BadNet", Reproduced.Measure.BACKDOOR_ERROR, 0.0003, "from memory"),
                                new Reproduced.Published(
                                        "", Reproduced.Measure.LARGEST_BACKDOOR_ERROR, 0.0009, "confirmed")),
                        rows)));
    }

    /** A heat map of ten digits by ten, beside a paper's, of several seeds, and one without a paper's. */
    public static RunResult heatMaps() {
        List<String> digits = IntStream.range(0, 10).mapToObj(String::valueOf).toList();
        double[][] printed = new double[10][10];
        List<List<List<Double>>> ours = new ArrayList<>();
        for (int row = 0; row < 10; row++) {
            List<List<Double>> cells = new ArrayList<>();
            for (int column = 0; column < 10; column++) {
                printed[row][column] = row == column ? Double.NaN : 0.44 + 0.01 * ((7 * row + 3 * column) % 23);
                double share = 0.004 + 0.0003 * ((5 * row + column) % 17);
                cells.add(row == column ? List.of() : List.of(share, share + 0.0004));
            }
            ours.add(cells);
        }
        HeatMap beside = new HeatMap(
                "Single pixel, clean error",
                "true digit",
                "target",
                digits,
                digits,
                ours,
                HeatMap.percent(printed),
                "confirmed");
        HeatMap alone =
                new HeatMap("Pattern, clean error", "true digit", "target", digits, digits, ours, List.of(), null);
        return with(reproduced(List.of()), List.of(beside, alone));
    }

    /** Networks named by a number, with a band of three seeds, beside some of a paper's. */
    public static RunResult shares() {
        List<Reproduced.Row> rows = new ArrayList<>();
        for (long seed = 1; seed <= 3; seed++) {
            for (int share : List.of(1, 2, 5, 10, 20, 33, 50)) {
                rows.add(new Reproduced.Row(
                        seed,
                        share + " % backdoored",
                        "",
                        new Ratio(9_950 - seed - share / 10, 10_000),
                        new Ratio(10_000 - (1_500 + 300 * seed) / share - 40, 10_000),
                        new Ratio(10_000 - 1_500 / share - 40, 10_000)));
            }
        }
        List<Reproduced.Published> published = List.of(
                new Reproduced.Published("10 % backdoored", Reproduced.Measure.BACKDOOR_ERROR, 0.0100, "confirmed"),
                new Reproduced.Published("50 % backdoored", Reproduced.Measure.BACKDOOR_ERROR, 0.0049, "confirmed"));
        Reproduced table = new Reproduced("badnets.share", "BadNets, Figure 6", List.of(), published, rows);
        return with(reproduced(List.of()), List.of(table));
    }

    /** A sweep of two triggers by two seeds: one run good, one bad, one failed, one still to be run. */
    public static RunTable sweep() {
        return new RunTable(
                List.of("trigger", "seed"),
                List.of("clean accuracy", "attack success"),
                List.of(
                        swept("pixel", "1", Outcome.GOOD, 0.99, 1, 12.5, ""),
                        swept("pixel", "2", Outcome.BAD, 0.985, 0.4, 101, ""),
                        swept("pattern", "1", null, Double.NaN, Double.NaN, Double.NaN, "Training diverged."),
                        swept("pattern", "2", null, Double.NaN, Double.NaN, Double.NaN, "")));
    }

    private static RunTable.Run swept(
            String trigger,
            String seed,
            @Nullable Outcome outcome,
            double clean,
            double attack,
            double seconds,
            String problem) {
        return new RunTable.Run(
                "trigger=" + trigger + ",seed=" + seed,
                List.of(trigger, seed),
                outcome,
                List.of(clean, attack),
                seconds,
                problem);
    }

    /** An audit of ten classes: one was found, one is told as such, or there was nothing to search for. */
    public static RunResult audited(String verdict) {
        List<Audited.ClassRow> rows = new ArrayList<>();
        for (int digit = 0; digit < 10; digit++) {
            boolean target = digit == 7 && verdict.equals(Audited.FOUND);
            rows.add(new Audited.ClassRow(
                    String.valueOf(digit),
                    target ? 3 : 30 + digit,
                    target ? 0.09 : (30 + digit) / 34.5,
                    new Ratio(target ? 100 : 90, 100),
                    target));
        }
        Outcome outcome = verdict.equals(Audited.FOUND)
                ? Outcome.BAD
                : verdict.equals(Audited.NONE) ? Outcome.GOOD : Outcome.UNKNOWN;
        Audited found = new Audited(
                verdict,
                List.of(
                        new Audited.Evidence(
                                "structure", "Structure", "A. Author 2024", "Nothing is odd.", Outcome.UNKNOWN, 0.1),
                        new Audited.Evidence(
                                "inversion", "Trigger inversion", "B. Author 2019", "Searched.", outcome, 12)),
                784,
                outcome == Outcome.UNKNOWN
                        ? null
                        : new Audited.Limits(0.25, 0.3, 0.38, 0.5, 0.53, 0.72, 0.79, 0.41, 0.64, 18),
                outcome == Outcome.UNKNOWN ? List.of() : rows,
                outcome == Outcome.BAD
                        ? List.of(new Audited.Trigger(
                                "7",
                                "leads to class 7",
                                1.5,
                                new Ratio(58, 60),
                                PNG,
                                PNG,
                                PNG,
                                0.5,
                                List.of(new Audited.Picture("3", PNG, PNG, "3", "7"))))
                        : List.of(),
                outcome == Outcome.BAD ? List.of() : List.of("A warp."),
                List.of("More images."));
        return result("audit", new Verdict(outcome, verdict + ".", List.of()), List.of(found));
    }

    /** {@link #HOSTILE} in every text that comes from outside, in every kind of finding. */
    public static RunResult hostile() {
        Ratio half = new Ratio(1, 2);
        Measurement named = new Measurement(
                half, half, half, half, 3, List.of(new ClassRow(HOSTILE, half, half, half), row(HOSTILE + 2)));
        Measurement worse = new Measurement(half, half, half, half, 0, List.of(row(HOSTILE), row(HOSTILE + 2)));
        return new RunResult(
                HOSTILE,
                List.of(HOSTILE, HOSTILE),
                HOSTILE,
                new Verdict(Outcome.BAD, HOSTILE, List.of(new Check(HOSTILE, HOSTILE, HOSTILE, Outcome.BAD))),
                List.of(HOSTILE),
                1,
                Map.of(HOSTILE, HOSTILE),
                List.of(new ModelSummary(HOSTILE, HOSTILE, 1, HOSTILE)),
                List.of(new DataSummary(HOSTILE, HOSTILE, 1, HOSTILE)),
                joined(
                        List.of(
                                rates(HOSTILE, named, Rates.BACKDOORED, named, Rates.REPAIRED, worse),
                                new Steps(List.of(new Steps.Step(HOSTILE, HOSTILE))),
                                new RunTable(
                                        List.of(HOSTILE),
                                        List.of(HOSTILE),
                                        List.of(
                                                new RunTable.Run(
                                                        HOSTILE, List.of(HOSTILE), Outcome.BAD, List.of(0.5), 1, ""),
                                                new RunTable.Run(
                                                        HOSTILE + 2,
                                                        List.of(HOSTILE + 2),
                                                        Outcome.GOOD,
                                                        List.of(0.6),
                                                        1,
                                                        ""),
                                                new RunTable.Run(
                                                        HOSTILE + 3,
                                                        List.of(HOSTILE + 3),
                                                        null,
                                                        List.of(Double.NaN),
                                                        Double.NaN,
                                                        HOSTILE))),
                                hostileAudit(),
                                hostileNetworks(),
                                new Samples(
                                        HOSTILE,
                                        List.of(new Sample(
                                                1,
                                                HOSTILE,
                                                HOSTILE,
                                                HOSTILE,
                                                Map.of(HOSTILE, new Prediction(HOSTILE, HOSTILE))))),
                                new Reproduced(
                                        HOSTILE,
                                        HOSTILE,
                                        List.of(HOSTILE),
                                        List.of(new Reproduced.Published(
                                                HOSTILE, Reproduced.Measure.CLEAN_ERROR, 0.1, HOSTILE)),
                                        List.of(
                                                new Reproduced.Row(1, HOSTILE, HOSTILE, half, half, half),
                                                new Reproduced.Row(2, HOSTILE, HOSTILE, half, null, null))),
                                new PruningCurve(
                                        null,
                                        HOSTILE,
                                        1,
                                        List.of(0),
                                        0,
                                        0.04,
                                        SampleNumbers.curve(true).points()),
                                new ActivationProfile(HOSTILE, HOSTILE, List.of(0.0, 1.0), List.of(1.0, 1.0)),
                                new FilterPictures(
                                        HOSTILE,
                                        HOSTILE,
                                        SampleNumbers.filters().filters()),
                                new Decisions(HOSTILE, List.of(new Decisions.Decision(HOSTILE, HOSTILE, HOSTILE))),
                                new Changes(
                                        HOSTILE,
                                        3,
                                        List.of(new Changes.ChangedTensor(
                                                HOSTILE, HOSTILE, List.of(2, 3), 6, 0.5, Double.NaN)),
                                        List.of(new Changes.AddedNode(HOSTILE, HOSTILE, 1))),
                                new Attack(HOSTILE, HOSTILE, null, List.of(new Attack.Picture(HOSTILE, HOSTILE)))),
                        SampleDetections.hostile()),
                List.of(new Cost(HOSTILE, 1, 1, 1, 1)),
                new Environment(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, 1, 1, HOSTILE));
    }

    private static Audited hostileAudit() {
        return new Audited(
                Audited.FOUND,
                List.of(new Audited.Evidence(HOSTILE, HOSTILE, HOSTILE, HOSTILE, Outcome.BAD, 1)),
                4,
                new Audited.Limits(0.2, 0.3, 0.4, 0.5, 0.53, 0.72, 0.79, 0.4, 0.6, 18),
                List.of(
                        new Audited.ClassRow(HOSTILE, 1, 0.1, new Ratio(1, 2), true),
                        new Audited.ClassRow(HOSTILE + 2, 10, 1, new Ratio(1, 2), false)),
                List.of(
                        new Audited.Trigger(
                                HOSTILE,
                                HOSTILE,
                                1.5,
                                new Ratio(1, 2),
                                HOSTILE,
                                HOSTILE,
                                HOSTILE,
                                0.5,
                                List.of(new Audited.Picture(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE))),
                        new Audited.Trigger(
                                HOSTILE + 2, HOSTILE + 2, null, null, HOSTILE, HOSTILE, null, null, List.of())),
                List.of(HOSTILE),
                List.of(HOSTILE));
    }

    private static AuditedNetworks hostileNetworks() {
        Ratio half = new Ratio(1, 2);
        return new AuditedNetworks(List.of(
                new AuditedNetworks.Network(
                        HOSTILE,
                        HOSTILE,
                        HOSTILE,
                        AuditedNetworks.TEST,
                        new AuditedNetworks.Truth(HOSTILE, half, new Ratio(9, 10), 1),
                        new AuditedNetworks.Told(Audited.FOUND, 0.1, 0.05, 2, List.of(2.0, 20.0), true, 0.5, 1),
                        new AuditedNetworks.Repaired(HOSTILE, half, half, half, 1)),
                new AuditedNetworks.Network(
                        HOSTILE + 2,
                        HOSTILE,
                        AuditedNetworks.HONEST,
                        AuditedNetworks.CALIBRATION,
                        new AuditedNetworks.Truth("", half, null, 1),
                        new AuditedNetworks.Told(
                                Audited.UNKNOWN, Double.NaN, Double.NaN, 2, List.of(), false, Double.NaN, 1),
                        null)));
    }

    private static List<Finding> joined(List<Finding> some, List<Finding> more) {
        List<Finding> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    /** A result of a kind with other findings. */
    public static RunResult with(RunResult result, List<Finding> findings) {
        return result.withFindings(findings);
    }

    private static RunResult result(String command, Verdict verdict, List<Finding> findings) {
        return new RunResult(
                command,
                List.of(command, "model.onnx"),
                "What " + command + " found of model.onnx",
                verdict,
                List.of(),
                7,
                Map.of(),
                List.of(new ModelSummary(ModelSummary.READ, "model.onnx", 2048, digest("0d"))),
                List.of(data("test", 10000, "9b")),
                findings,
                List.of(),
                environment());
    }

    private static ClassRow row(String name) {
        return new ClassRow(name, new Ratio(0, 2), new Ratio(1, 2), NOTHING);
    }

    private static Check check(String what, double percent, Outcome outcome) {
        return new Check(
                what,
                percent + " % (9,874 of 10,000; 95 % interval 98.50 to 98.94 %)",
                "at least 55.00 % (--min-accuracy)",
                outcome);
    }

    /** Names and what they do, in turn. */
    private static Rates rates(Object... networks) {
        List<Rates.Entry> entries = new ArrayList<>();
        for (int i = 0; i < networks.length; i += 2) {
            entries.add(new Rates.Entry((String) networks[i], (Measurement) networks[i + 1]));
        }
        return new Rates(entries);
    }

    private static Measurement measurement(int clean, int attacked, int recovered) {
        return SampleNumbers.measurement(clean, attacked, recovered, TARGET);
    }

    /** The same, but class 4 has lost more than any other. */
    private static Measurement spoilt(Measurement even) {
        List<ClassRow> rows = new ArrayList<>(even.classes());
        ClassRow four = rows.get(4);
        rows.set(4, new ClassRow("4", new Ratio(926, 1000), four.attackSuccessRate(), four.recoveredAccuracy()));
        return new Measurement(
                even.cleanAccuracy(),
                even.attackSuccessRate(),
                even.recoveredAccuracy(),
                even.successWithoutTrigger(),
                0,
                rows);
    }

    private static Samples samples() {
        return new Samples(
                "The first test image of each of the classes that the last network serves worst, worst first.",
                List.of(sample(3, 3), sample(11, 1), sample(24, 5), sample(31, 8)));
    }

    private static Sample sample(int index, int digit) {
        String truth = String.valueOf(digit);
        Map<String, Prediction> said = new LinkedHashMap<>();
        said.put(Rates.HONEST, new Prediction(truth, truth));
        said.put(Rates.BACKDOORED, new Prediction(truth, String.valueOf(TARGET)));
        said.put(Rates.REPAIRED, new Prediction(truth, digit == 1 ? "4" : truth));
        return new Sample(index, truth, SamplePictures.digit(digit, false), SamplePictures.digit(digit, true), said);
    }

    private static Decisions decisions() {
        return new Decisions(
                "All on the defender's clean validation images.",
                List.of(
                        new Decisions.Decision(
                                "Pruning layer conv2",
                                "validation accuracy 99.00 % (396 of 400; 95 % interval 97.46 to 99.61 %) before",
                                "24 of 32 channels"),
                        new Decisions.Decision(
                                "Fine-tuning at learning rate 0.1", "validation accuracy 98.50 %", "kept")));
    }

    private static Changes changes() {
        return new Changes(
                "repaired.onnx",
                8,
                List.of(
                        new Changes.ChangedTensor("conv1.weight", "float", List.of(16, 1, 5, 5), 400, 0.031, 0.12),
                        new Changes.ChangedTensor("conv2.bias", "float16", List.of(32), 30, 0.002, Double.NaN)),
                List.of(new Changes.AddedNode("conv2.mask", "Mul", 24)));
    }

    private static Attack attack(Attack.Poisoning poisoning) {
        return new Attack(
                "pattern",
                "all-to-one:7",
                poisoning,
                List.of(
                        new Attack.Picture("A test image", SamplePictures.digit(3, false)),
                        new Attack.Picture("with the trigger", SamplePictures.digit(3, true))));
    }

    private static DataSummary data(String role, int size, String start) {
        return new DataSummary(role, "digits (synthetic)", size, digest(start));
    }

    private static String digest(String start) {
        return (start + "0123456789abcdef".repeat(4)).substring(0, 64);
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
