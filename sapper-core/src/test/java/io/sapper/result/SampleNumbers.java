package io.sapper.result;

import io.sapper.metric.Ratio;
import io.sapper.result.Measurement.ClassRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** The numbers of {@link SampleResults}: ten classes of 1,000 test images, and a layer of 32 channels. */
final class SampleNumbers {
    static final Ratio NOTHING = new Ratio(0, 0);
    private static final int CHANNELS = 32;

    private SampleNumbers() {}

    /** Spreads counts over ten classes of 1,000 test images; the target class has no attack on it. */
    static Measurement measurement(int clean, int attacked, int recovered, int target) {
        List<ClassRow> rows = new ArrayList<>();
        for (int c = 0; c < 10; c++) {
            boolean spared = c == target;
            int place = c < target ? c : c - 1;
            rows.add(new ClassRow(
                    String.valueOf(c),
                    new Ratio(part(clean, 10, c), 1000),
                    spared ? NOTHING : new Ratio(part(attacked, 9, place), 1000),
                    spared ? NOTHING : new Ratio(part(recovered, 9, place), 1000)));
        }
        return new Measurement(
                new Ratio(clean, 10000),
                new Ratio(attacked, 9000),
                new Ratio(recovered, 9000),
                new Ratio(9, 9000),
                0,
                rows);
    }

    static Measurement clean(int hits) {
        List<ClassRow> rows = IntStream.range(0, 10)
                .mapToObj(c -> new ClassRow(String.valueOf(c), new Ratio(part(hits, 10, c), 1000), NOTHING, NOTHING))
                .toList();
        return new Measurement(new Ratio(hits, 10000), NOTHING, NOTHING, NOTHING, 0, rows);
    }

    private static int part(int whole, int parts, int part) {
        return whole / parts + (part < whole % parts ? 1 : 0);
    }

    static PruningCurve curve(boolean known) {
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
        return new PruningCurve(null, "conv2", CHANNELS, order(), 24, 0.04, points);
    }

    private static List<Integer> order() {
        List<Double> clean = profile(Rates.BACKDOORED, 1).clean();
        return IntStream.range(0, CHANNELS)
                .boxed()
                .sorted((a, b) -> Double.compare(clean.get(a), clean.get(b)))
                .toList();
    }

    /** Every third channel is dormant; some of those carry the backdoor. A repaired network's are in other places. */
    static ActivationProfile profile(String network, double backdoor) {
        Random random = new Random(backdoor > 0 ? 5 : 6);
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

    static FilterPictures filters() {
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
        return new FilterPictures(Rates.BACKDOORED, "conv1", filters);
    }
}
