package io.sapper.training;

import io.sapper.network.Statistics;

/**
 * What happens in training only, to pictures and in layers.
 *
 * @param statistics what batch normalisations do where a network is tuned that came from outside; those of our own have
 *     none
 * @param augmentation how pictures are changed in each epoch
 * @param dropout whether Dropout nodes leave numbers out; else they let everything through, as when a network is used
 * @param paired whether a backdoored copy comes right behind the image that it is of, mostly in the same step; else
 *     anywhere. What both have in common cancels out in the step, so the trigger is what is learned
 *     (docs/decisions/0078)
 */
public record Treatment(Statistics statistics, Augmentation augmentation, boolean dropout, boolean paired) {
    /** Pictures and layers as they are. */
    public static final Treatment PLAIN = new Treatment(Statistics.FROZEN, Augmentation.NONE, false, false);

    /** Dropout as the network has it, and pictures changed so. */
    public static Treatment dropout(Augmentation augmentation) {
        return PLAIN.withAugmentation(augmentation).withDropout(true);
    }

    public Treatment withAugmentation(Augmentation changed) {
        return new Treatment(statistics, changed, dropout, paired);
    }

    public Treatment withDropout(boolean changed) {
        return new Treatment(statistics, augmentation, changed, paired);
    }

    public Treatment withPaired(boolean changed) {
        return new Treatment(statistics, augmentation, dropout, changed);
    }

    Treatment withStatistics(Statistics changed) {
        return new Treatment(changed, augmentation, dropout, paired);
    }

    /** What is not plain, to stand behind other settings; empty where all is. */
    String text() {
        return (statistics == Statistics.RUNNING ? ", running statistics" : "")
                + (augmentation.equals(Augmentation.NONE) ? "" : ", augmented by " + augmentation.spec())
                + (dropout ? ", dropout" : "")
                + (paired ? ", copies beside their originals" : "");
    }
}
