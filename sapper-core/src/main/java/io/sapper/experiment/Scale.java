package io.sapper.experiment;

import io.sapper.data.Dataset;
import io.sapper.data.Obtained;
import io.sapper.data.Seeds;
import io.sapper.data.Split;
import io.sapper.training.TrainingOptions;
import java.util.Arrays;
import java.util.Locale;

/** How much of an experiment is run. */
public enum Scale {
    /**
     * A few minutes: that everything works, not what comes out. At most 1,000 training and 500 test samples, one epoch.
     */
    SMOKE,
    /** All of the data, on networks for two cores. */
    SMALL,
    /** The paper's own networks. */
    PAPER;

    private static final int TRAINING = 1_000;
    private static final int TEST = 500;

    /** The scale of this name; the error lists those there are. */
    public static Scale of(String id) {
        return Arrays.stream(values())
                .filter(scale -> scale.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown --scale '" + id + "'. Known: "
                        + String.join(
                                ", ", Arrays.stream(values()).map(Scale::id).toList()) + "."));
    }

    /** The name that users type. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A setup whose data, these and those loaded later, are as this scale takes them. */
    Setup of(Setup setup) {
        return new Setup(
                of(setup.data(), setup.seed()),
                setup.seed(),
                setup.compute(),
                setup.replicas(),
                setup.reporter(),
                setup.networks(),
                name -> of(setup.loader().load(name), setup.seed()),
                setup.commandLine());
    }

    /** For a smoke test, some of the data, drawn by chance. */
    private Obtained of(Obtained data, long seed) {
        if (this != SMOKE) {
            return data;
        }
        Split split = data.split();
        return new Obtained(
                new Split(some(split.train(), TRAINING, seed), some(split.test(), TEST, seed), split.synthetic()),
                data.source(),
                data.warnings(),
                data.settings());
    }

    /** The training as this scale does it. */
    TrainingOptions of(TrainingOptions training) {
        return this == SMOKE ? training.withEpochs(1) : training;
    }

    private static Dataset some(Dataset data, int most, long seed) {
        int[] order = Seeds.permutation(data.size(), Seeds.generator(seed, "smoke"));
        return most >= data.size() ? data : data.subset(data.name() + ", some", Arrays.copyOf(order, most));
    }
}
