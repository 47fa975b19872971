package io.sapper.training;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything that decides the bits of a training run, by name: two runs may continue each other only if all of it is
 * the same. In the order in which people look for what they changed.
 *
 * @param values what each setting is
 */
record Settings(Map<String, String> values) {
    static final String SEED = "seed";
    static final String IMAGES = "training images";
    static final String WEIGHTS = "first weights";
    private static final String NONE = "none";

    Settings {
        values = new LinkedHashMap<>(values);
    }

    /** Of options, without what they are used on. */
    static Settings of(TrainingOptions options) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("epochs", String.valueOf(options.epochs()));
        values.put("batch", String.valueOf(options.batchSize()));
        Optimizer optimizer = options.optimizer();
        values.put("optimizer", optimizer.getClass().getSimpleName());
        values.put("learning rate", String.valueOf(optimizer.learningRate()));
        if (optimizer instanceof Optimizer.Sgd sgd) {
            values.put("momentum", String.valueOf(sgd.momentum()));
            values.put("weight decay", String.valueOf(sgd.weightDecay()));
        } else if (optimizer instanceof Optimizer.ClippedSgd clipped) {
            values.put("momentum", String.valueOf(clipped.sgd().momentum()));
            values.put("weight decay", String.valueOf(clipped.sgd().weightDecay()));
            values.put("largest gradient", String.valueOf(clipped.largestNorm()));
        } else if (optimizer instanceof Optimizer.Adam adam) {
            values.put("beta1", String.valueOf(adam.beta1()));
            values.put("beta2", String.valueOf(adam.beta2()));
            values.put("weight decay", String.valueOf(adam.weightDecay()));
        }
        values.put("schedule", options.schedule().id());
        values.put("replicas", String.valueOf(options.replicas()));
        values.put("augmentation", options.augmentation().spec());
        values.put("dropout", options.treatment().dropout() ? "on" : NONE);
        if (options.treatment().paired()) {
            values.put("copies", "beside their originals");
        }
        return new Settings(values);
    }

    Settings with(String name, Object value) {
        Map<String, String> more = new LinkedHashMap<>(values);
        more.put(name, String.valueOf(value));
        return new Settings(more);
    }

    String get(String name) {
        return values.getOrDefault(name, NONE);
    }

    /** What was another there than here, for example {@code epochs (3 there, 4 here)}; empty if nothing was. */
    List<String> differences(Settings there) {
        Set<String> names = new LinkedHashSet<>(values.keySet());
        names.addAll(there.values.keySet());
        names.removeIf(name -> get(name).equals(there.get(name)));
        if (names.contains(SEED)) { // which draws these
            names.removeAll(Set.of(IMAGES, WEIGHTS));
        } else if (names.size() > 1) {
            names.remove(WEIGHTS);
        }
        return names.stream()
                .map(name -> name + " (" + there.get(name) + " there, " + get(name) + " here)")
                .toList();
    }
}
