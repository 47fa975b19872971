package io.sapper.report;

import io.sapper.result.PrecisionRecallCurves;
import io.sapper.result.PrecisionRecallCurves.Curve;
import io.sapper.result.PrecisionRecallCurves.Point;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Curves of precision against recall, one chart for each class. Public for the templates.
 *
 * @param found all curves
 */
public record PrecisionCharts(PrecisionRecallCurves found) {
    /**
     * The curves of one class.
     *
     * @param className of which class
     * @param curves network by network
     * @param places of the curves in the finding, for the page's script
     */
    public record Chart(String className, List<Curve> curves, String places) {
        /** For those who cannot see the chart. */
        public String summary() {
            return "Line chart: precision against recall for class " + className + ". Average precision: "
                    + curves.stream()
                            .map(curve -> curve.network() + " " + Numbers.percent(curve.averagePrecision()))
                            .collect(Collectors.joining(", "))
                    + ".";
        }
    }

    /** One for each class, in the order of their first curves. */
    public List<Chart> charts() {
        Map<String, List<Integer>> classes = new LinkedHashMap<>();
        for (int i = 0; i < found.curves().size(); i++) {
            classes.computeIfAbsent(found.curves().get(i).className(), name -> new ArrayList<>())
                    .add(i);
        }
        return classes.entrySet().stream()
                .map(entry -> new Chart(
                        entry.getKey(),
                        entry.getValue().stream().map(found.curves()::get).toList(),
                        entry.getValue().stream().map(String::valueOf).collect(Collectors.joining(","))))
                .toList();
    }

    /** Recalls of the table: 0.1 to 1. */
    public static List<Double> recalls() {
        return IntStream.rangeClosed(1, 10).mapToObj(tenth -> tenth / 10.0).toList();
    }

    /**
     * The highest precision at a recall or a higher one; 0 where that much is never found, NaN where nothing is there.
     */
    public static double precision(Curve curve, double recall) {
        return curve.trueBoxes() == 0
                ? Double.NaN
                : curve.points().stream()
                        .filter(point -> point.recall() >= recall - 1e-9)
                        .mapToDouble(Point::precision)
                        .max()
                        .orElse(0);
    }
}
