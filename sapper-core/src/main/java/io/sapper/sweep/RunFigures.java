package io.sapper.sweep;

import io.sapper.metric.Ratio;
import io.sapper.result.Audited;
import io.sapper.result.DetectionRates;
import io.sapper.result.Measurement;
import io.sapper.result.Rates;
import io.sapper.result.Reproduced;
import io.sapper.result.ReproducedFigures;
import io.sapper.result.RunResult;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a run found, as numbers with names: the same names for runs of the same command. */
final class RunFigures {
    private static final String CLEAN = "clean accuracy";
    private static final String ATTACK = "attack success";
    private static final String RECOVERED = "recovered accuracy";

    private final Map<String, Double> figures = new LinkedHashMap<>();

    private RunFigures() {}

    /** All of a result, as fractions; undefined ones are left out. */
    static Map<String, Double> of(RunResult result) {
        RunFigures found = new RunFigures();
        result.all(Rates.class).forEach(found::add);
        result.all(DetectionRates.class).forEach(found::add);
        result.all(Reproduced.class).forEach(found::add);
        result.all(ReproducedFigures.class).forEach(found::add);
        result.all(Audited.class).forEach(found::add);
        return found.figures;
    }

    private void add(Rates rates) {
        for (Rates.Entry entry : rates.networks()) {
            String before = before(rates.networks().size(), entry.network());
            Measurement seen = entry.measurement();
            add(before + CLEAN, seen.cleanAccuracy());
            add(before + ATTACK, seen.attackSuccessRate());
            add(before + RECOVERED, seen.recoveredAccuracy());
        }
    }

    private void add(Audited audited) {
        audited.classes().stream()
                .mapToDouble(Audited.ClassRow::ratio)
                .min()
                .ifPresent(ratio -> figures.put("smallest mask by the median", ratio));
    }

    private void add(DetectionRates rates) {
        for (DetectionRates.Entry entry : rates.networks()) {
            String before = before(rates.networks().size(), entry.network());
            add(before + "mean average precision", entry.clean().meanAveragePrecision());
            DetectionRates.Precisions triggered = entry.triggered();
            if (triggered != null) {
                add(before + "mean average precision, triggered", triggered.meanAveragePrecision());
            }
        }
    }

    private void add(Reproduced table) {
        for (Reproduced.Row row : table.rows()) {
            String before = before(table.rows().size(), row.what());
            add(before + CLEAN, row.cleanAccuracy());
            add(before + ATTACK, row.attackSuccessRate());
            add(before + RECOVERED, row.recoveredAccuracy());
        }
    }

    private void add(ReproducedFigures table) {
        for (ReproducedFigures.Row row : table.rows()) {
            String before = before(table.rows().size(), row.what());
            String at = Double.isNaN(row.at()) ? "" : ", at " + row.at();
            row.figures().forEach(figure -> add(before + figure.name() + at, figure.value()));
        }
    }

    private static String before(int networks, String name) {
        return networks == 1 ? "" : name + ": ";
    }

    private void add(String name, @Nullable Ratio ratio) {
        if (ratio != null) {
            add(name, ratio.value());
        }
    }

    private void add(String name, double value) {
        if (Double.isFinite(value)) {
            figures.put(name, value);
        }
    }
}
