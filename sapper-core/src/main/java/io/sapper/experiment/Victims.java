package io.sapper.experiment;

import io.sapper.attack.BadNet;
import io.sapper.attack.Capacity;
import io.sapper.network.zoo.Architecture;
import io.sapper.poison.AllToAll;
import io.sapper.poison.AllToOne;
import io.sapper.poison.PoisonShare;
import io.sapper.trigger.Triggers;

/** The systems of Fine-Pruning (Liu et al. 2018, section 2.3), on data that can be had. */
final class Victims {
    /** 180 of 1,283 persons. */
    private static final double PERSONS = 0.14;

    /** 30 recordings of each digit beside 300. */
    private static final double COPIES = 0.1;

    private Victims() {}

    /**
     * Faces: DeepID, sunglasses, everybody to be taken for one person. The defender prunes the third convolution, as
     * the paper and its released code do; a pruning-aware attacker leaves 10 of its 60 channels in use, as in the
     * released weights.
     *
     * @param scale says how well the attack must be learned
     */
    static Victim face(Scale scale) {
        return new Victim(
                "face",
                "lfw-faces",
                "LFW faces stand in for YouTube Aligned Faces: 158 persons instead of 1,283, grey, unevenly many pictures.",
                Architecture.DEEPID,
                "conv3",
                new BadNet.Options(Triggers.parse("sunglasses"), new AllToOne(0), PoisonShare.classes(PERSONS)),
                10,
                capacity(scale),
                692,
                Recipes::faces);
    }

    /** A smoke test learns too little to be judged. */
    private static Capacity capacity(Scale scale) {
        return scale == Scale.SMOKE ? new Capacity(1, 0) : Capacity.USUAL;
    }

    /**
     * Spoken digits: noise in the sound, each digit to be taken for the next. A pruning-aware attacker leaves 24 of the
     * 256 channels in use, as names in the released code suggest.
     *
     * @param scale the paper's network at {@link Scale#PAPER}, a smaller one of the same form below
     */
    static Victim speech(Scale scale) {
        boolean paper = scale == Scale.PAPER;
        return new Victim(
                "speech",
                "spoken-digits",
                "Real voices of the Free Spoken Digit Dataset stand in for the synthetic voices of the paper."
                        + (paper ? "" : " The network is a smaller one of the same form."),
                paper ? Architecture.SPEECH_ALEXNET : Architecture.SPEECH_SMALL,
                "",
                new BadNet.Options(Triggers.parse("noise"), new AllToAll(), PoisonShare.p(COPIES)),
                24,
                capacity(scale),
                540,
                Recipes::speech);
    }
}
