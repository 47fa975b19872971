package io.sapper.training;

import io.sapper.network.Statistics;

/**
 * What happens in training only, to pictures and in layers.
 *
 * @param statistics what batch normalisations do where a network is tuned that came from outside; those of our own have
 *     none
 * @param augmentation how pictures are changed in each epoch
 * @param dropout whether Dropout nodes leave numbers out; else they let everything through, as when a network is used
 */
public record Treatment(Statistics statistics, Augmentation augmentation, boolean dropout) {
    /** Pictures and layers as they are. */
    public static final Treatment PLAIN = new Treatment(Statistics.FROZEN, Augmentation.NONE, false);

    /** Dropout as the network has it, and pictures changed so. */
    public static Treatment dropout(Augmentation augmentation) {
        return new Treatment(Statistics.FROZEN, augmentation, true);
    }

    public Treatment withAugmentation(Augmentation changed) {
        return new Treatment(statistics, changed, dropout);
    }

    /** What is not plain, to stand behind other settings; empty where all is. */
    String text() {
        return (statistics == Statistics.RUNNING ? ", running statistics" : "")
                + (augmentation.equals(Augmentation.NONE) ? "" : ", augmented by " + augmentation.spec())
                + (dropout ? ", dropout" : "");
    }
}
