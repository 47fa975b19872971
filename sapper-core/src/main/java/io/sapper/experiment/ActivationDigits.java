package io.sapper.experiment;

import io.sapper.data.Dataset;
import io.sapper.defense.LayerFeatures;
import io.sapper.network.Graph;
import io.sapper.result.ActivationProfile;
import io.sapper.result.Finding;
import io.sapper.result.Reproduced.Published;
import io.sapper.training.TrainingOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * BadNets, section 4.2.2: backdoors are sparsely coded in the deeper layers. {@code sapper reproduce
 * badnets.activations}; not timed since its attacks go on from the honest network. The mean activation of each channel
 * of each layer, on the attacked test digits without the trigger and with it, of a network with the single pixel, of
 * one with the pattern, and of an honest one; how few channels have to be silenced to halve the attack, the most raised
 * first, and how few make up half of all that the trigger raises.
 */
final class ActivationDigits implements Experiment {
    private static final List<String> LAYERS = List.of("conv1", "conv2", "fc1");

    @Override
    public String source() {
        return "BadNets, section 4.2.2, sparsely coded backdoors";
    }

    @Override
    public List<Published> published() {
        return List.of(); // said in words
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
            List<String> sparse = new ArrayList<>();
            List<String> raised = new ArrayList<>();
            for (String layer : LAYERS) {
                ActivationProfile own = profile(looked.name(), looked.trained().graph(), layer, looked, setup);
                ActivationProfile honest = profile("honest, " + looked.name(), networks.honest(), layer, looked, setup);
                findings.add(own);
                findings.add(honest);
                sparse.add(Sparseness.of(looked.trained().graph(), own, looked.task(), setup.compute())
                        .text());
                raised.add(layer + " " + PixelBackdoors.half(own.clean(), own.triggered()) + " (honest "
                        + PixelBackdoors.half(honest.clean(), honest.triggered()) + ")");
            }
            notes.add("silencing the channels that the trigger raises most halves the attack: "
                    + String.join(", ", sparse) + "; half of what it raises lies in " + String.join(", ", raised)
                    + " channels");
        }
        return new Found(networks.rows(notes), findings);
    }

    private static ActivationProfile profile(
            String name, Graph graph, String layer, PixelBackdoors.Looked looked, Setup setup) {
        return new ActivationProfile(
                name,
                layer,
                means(graph, layer, looked.clean(), setup),
                means(graph, layer, looked.triggered(), setup));
    }

    private static List<Double> means(Graph graph, String layer, Dataset data, Setup setup) {
        try (LayerFeatures features = LayerFeatures.of(graph, layer, data, setup.compute())) {
            return features.meanActivations();
        }
    }
}
