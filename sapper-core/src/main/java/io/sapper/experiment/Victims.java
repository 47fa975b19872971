package io.sapper.experiment;

import io.sapper.attack.BadNet;
import io.sapper.attack.Capacity;
import io.sapper.attack.Decoys;
import io.sapper.attack.PruningAwareAttack;
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

    /** Three points: the attacker's 277 pictures held back tell no finer (one standard error is two points). */
    private static final Capacity FACE_CAPACITY = new Capacity(0.03, 0.95);

    private Victims() {}

    /**
     * Faces: DeepID, sunglasses, everybody to be taken for one person. The defender prunes the third convolution, as
     * the paper and its released code do; a pruning-aware attacker leaves 30 of its 60 channels in use. The released
     * weights have 10, for 1,283 persons with 100 pictures each; from a few pictures of each that costs ten points of
     * clean accuracy (docs/decisions/0060).
     *
     * @param scale says how well the attack must be learned
     */
    static Victim face(Scale scale) {
        BadNet.Options attack =
                new BadNet.Options(Triggers.parse("sunglasses"), new AllToOne(0), PoisonShare.classes(PERSONS));
        return new Victim(
                "face",
                new Victim.Data(
                        "lfw-faces", "YouTube Aligned Faces, 1,283 persons with 100 colour pictures each", 1_283),
                new Victim.Network(
                        Architecture.DEEPID,
                        0,
                        "The pruning-aware attack on faces leaves 30 of 60 channels live; the released weights have"
                                + " 10."),
                new PruningAwareAttack.Options(attack, "conv3", 30, Decoys.USUAL, capacity(scale, FACE_CAPACITY)),
                692,
                Recipes::faces,
                Recipes::facesAgain);
    }

    /** A smoke test learns too little to be judged. */
    private static Capacity capacity(Scale scale, Capacity usual) {
        return scale == Scale.SMOKE ? new Capacity(1, 0) : usual;
    }

    /**
     * Spoken digits: noise in the sound, each digit to be taken for the next. A pruning-aware attacker leaves 24 of the
     * 256 channels in use, as names in the released code suggest.
     *
     * @param scale the paper's network at {@link Scale#PAPER}, a smaller one of the same form below
     */
    static Victim speech(Scale scale) {
        boolean paper = scale == Scale.PAPER;
        BadNet.Options attack = new BadNet.Options(Triggers.parse("noise"), new AllToAll(), PoisonShare.p(COPIES));
        return new Victim(
                "speech",
                new Victim.Data("spoken-digits", "digits of synthetic voices, 3,000 to train on", 0),
                paper
                        ? new Victim.Network(Architecture.SPEECH_ALEXNET, 512, "")
                        : new Victim.Network(
                                Architecture.SPEECH_SMALL,
                                0,
                                "The network of speech is a smaller one of the same form."),
                new PruningAwareAttack.Options(attack, "", 24, Decoys.USUAL, capacity(scale, Capacity.USUAL)),
                540,
                paper ? Recipes::speechOfThePaper : Recipes::speech,
                paper ? Recipes::speechOfThePaper : Recipes::speechAgain);
    }
}
