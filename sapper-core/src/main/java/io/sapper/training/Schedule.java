package io.sapper.training;

import java.util.Arrays;
import java.util.Locale;

/** How the learning rate changes while training runs. */
public enum Schedule {
    /** Stays as it is. */
    CONSTANT {
        @Override
        double factor(double progress) {
            return 1;
        }
    },
    /** Falls along half a cosine to zero. */
    COSINE {
        @Override
        double factor(double progress) {
            return 0.5 * (1 + Math.cos(Math.PI * progress));
        }
    },
    /** Rises for the first fifth, then falls along half a cosine to zero. */
    ONE_CYCLE {
        @Override
        double factor(double progress) {
            return progress < WARM_UP
                    ? 0.1 + 0.9 * progress / WARM_UP
                    : COSINE.factor((progress - WARM_UP) / (1 - WARM_UP));
        }
    };

    private static final double WARM_UP = 0.2;

    /**
     * What the learning rate is multiplied by.
     *
     * @param progress share of all steps that are done, in [0, 1)
     */
    abstract double factor(double progress);

    /** The name that users type, for example {@code one-cycle}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The schedule of this name; the error lists those there are. */
    public static Schedule of(String id) {
        return Arrays.stream(values())
                .filter(known -> known.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown schedule '" + id + "'. Known: "
                        + String.join(
                                ", ", Arrays.stream(values()).map(Schedule::id).toList()) + "."));
    }
}
