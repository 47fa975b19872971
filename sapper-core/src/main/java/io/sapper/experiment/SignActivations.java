package io.sapper.experiment;

import io.sapper.metric.Ratio;
import io.sapper.result.ChannelMaps;
import io.sapper.result.Finding;
import io.sapper.result.ReproducedFigures.Figure;
import io.sapper.result.ReproducedFigures.Published;
import io.sapper.result.ReproducedFigures.Row;
import io.sapper.training.TrainingOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * BadNets, Figure 9: what of a detector fires only with the trigger. {@code sapper reproduce
 * badnets.signs-activations}: the mean activation of each channel of the last convolution, of the honest network and of
 * the one that takes any sign with a yellow square for any other, on test photographs without the trigger and with it.
 */
final class SignActivations implements SceneExperiment {
    private static final double TIMES = 2;
    private static final String FIRING =
            String.format(Locale.ROOT, "channels that the trigger makes at least %.0f times as active", TIMES);
    private static final String TOP = "share of all that the trigger raises in the tenth of channels raised most";
    private static final int TENTH = 10;

    private final SceneExperiment attack = SignAttack.random();

    @Override
    public String source() {
        return "BadNets, Figure 9, the channels that see the trigger";
    }

    @Override
    public List<Published> published() {
        return List.of(); // the paper shows pictures, in which it sees three groups of channels
    }

    @Override
    public List<String> deviations() {
        return attack.deviations();
    }

    @Override
    public String sentence(List<Row> rows) {
        List<String> parts = new ArrayList<>();
        for (Row row : rows) {
            row.figures().stream()
                    .filter(figure -> figure.name().equals(FIRING))
                    .map(Figure::counts)
                    .forEach(counts -> parts.add(row.what() + ", seed " + row.seed() + ": "
                            + (counts == null ? "none" : counts.hits() + " of " + counts.total())));
        }
        return "Channels of the last convolution that the trigger makes at least "
                + String.format(Locale.ROOT, "%.0f", TIMES) + " times as active: "
                + String.join("; ", parts) + ". The paper sees three groups of channels that fire only with it.";
    }

    @Override
    public Found run(SceneLaboratory lab, TrainingOptions training, Judgement judgement) throws IOException {
        Found found = attack.run(lab, training, judgement);
        List<ChannelMaps> maps = found.findings().stream()
                .filter(ChannelMaps.class::isInstance)
                .map(ChannelMaps.class::cast)
                .toList();
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < found.rows().size(); i++) {
            Row row = found.rows().get(i);
            List<Figure> figures = new ArrayList<>(figures(maps.get(i)));
            figures.addAll(row.figures());
            rows.add(new Row(row.seed(), row.what(), row.at(), row.note(), figures));
        }
        List<Finding> findings = new ArrayList<>(maps);
        found.findings().stream()
                .filter(finding -> !(finding instanceof ChannelMaps))
                .forEach(findings::add);
        return new Found(rows, findings);
    }

    private static List<Figure> figures(ChannelMaps maps) {
        long firing = IntStream.range(0, maps.clean().size())
                .filter(channel ->
                        maps.triggered().get(channel) > TIMES * maps.clean().get(channel))
                .count();
        double[] raised = maps.difference().stream()
                .mapToDouble(value -> Math.max(0, value))
                .sorted()
                .toArray();
        int tenth = Math.max(1, raised.length / TENTH);
        double top = DoubleStream.of(raised).skip(raised.length - tenth).sum();
        return List.of(
                Figure.of(FIRING, new Ratio(firing, raised.length)),
                new Figure(TOP, top / DoubleStream.of(raised).sum(), null));
    }
}
