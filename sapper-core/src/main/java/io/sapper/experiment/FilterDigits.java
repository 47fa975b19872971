package io.sapper.experiment;

import io.sapper.network.Graph;
import io.sapper.result.FilterPictures;
import io.sapper.result.Finding;
import io.sapper.result.Reproduced.Published;
import io.sapper.training.TrainingOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * BadNets, Figure 5: the first layer's filters of a network with the single pixel and of one with the pattern, and of
 * an honest one. {@code sapper reproduce badnets.filters}; not timed since its attacks go on from the honest network.
 * The paper sees filters that are dedicated to the trigger; here they are found by how much the trigger raises them,
 * and the honest network is asked the same. Expected: in both attacked networks some filter answers more than any of
 * the honest one's.
 */
final class FilterDigits implements Experiment {
    @Override
    public String source() {
        return "BadNets, Figure 5";
    }

    @Override
    public List<Published> published() {
        return List.of(); // pictures
    }

    @Override
    public TrainingOptions training(int replicas) {
        return Recipes.onePixel(replicas);
    }

    @Override
    public Optional<TrainingOptions> retraining(TrainingOptions training) {
        return Optional.of(Recipes.onePixelAgain(training));
    }

    @Override
    public Found run(Setup setup, TrainingOptions training) throws IOException {
        PixelBackdoors networks = PixelBackdoors.train(setup, training, source());
        List<Finding> findings = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (PixelBackdoors.Looked looked : networks.looked()) {
            FilterPictures backdoored = filters(looked.name(), looked.trained().graph(), looked, setup);
            FilterPictures honest = filters("honest, " + looked.name(), networks.honest(), looked, setup);
            findings.add(backdoored);
            findings.add(honest);
            notes.add(String.format(
                    Locale.ROOT,
                    "filters %s answer the trigger, by %.2g at most (honest network %.2g)",
                    backdoored.filters().stream()
                            .filter(FilterPictures.Filter::responsible)
                            .map(filter -> String.valueOf(filter.channel()))
                            .collect(Collectors.joining(", ")),
                    strongest(backdoored),
                    strongest(honest)));
        }
        return new Found(networks.rows(notes), findings);
    }

    private static FilterPictures filters(String name, Graph graph, PixelBackdoors.Looked looked, Setup setup) {
        return Filters.of(name, graph, looked.task(), setup.compute()).orElseThrow();
    }

    private static double strongest(FilterPictures filters) {
        return filters.filters().stream()
                .mapToDouble(FilterPictures.Filter::triggerResponse)
                .max()
                .orElse(Double.NaN);
    }
}
