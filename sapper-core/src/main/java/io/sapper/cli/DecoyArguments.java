package io.sapper.cli;

import io.sapper.attack.BadNet;
import io.sapper.attack.Capacity;
import io.sapper.attack.Decoys;
import io.sapper.attack.PruningAwareAttack;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of an attack that expects pruning. */
final class DecoyArguments {
    @Option(
            names = "--pruning-aware",
            paramLabel = "LIVE",
            description = "Lay the backdoor in LIVE channels of the layer that a defender prunes; the others become"
                    + " decoys, which are pruned first.")
    Optional<Integer> live = Optional.empty();

    @Option(
            names = "--decoys",
            paramLabel = "D",
            description = "just-dormant[:MARGIN], which stay below zero by MARGIN on all that the attacker has; or"
                    + " crude, a bias of -1e20. Default: just-dormant:1.")
    Optional<String> decoys = Optional.empty();

    @Option(
            names = "--capacity",
            paramLabel = "LOSS:SUCCESS",
            description = "A channel is restored, and training repeated, while clean accuracy falls by more than LOSS"
                    + " or the trigger works on less than SUCCESS. Default: 0.01:0.95.")
    Optional<String> capacity = Optional.empty();

    /** The attack on top of a BadNet's; empty where it is not wanted. */
    Optional<PruningAwareAttack.Options> options(BadNet.Options badNet) {
        Decoys parsed = decoys.map(Decoys::parse).orElse(Decoys.USUAL);
        Capacity limits = capacity.map(Capacity::parse).orElse(Capacity.USUAL);
        return live.map(channels -> new PruningAwareAttack.Options(badNet, "", channels, parsed, limits));
    }

    /** For photographs with boxes. */
    void refuse() {
        if (live.isPresent()) {
            throw new IllegalArgumentException(
                    "--pruning-aware is not there for detectors, and the data are photographs"
                            + " with boxes. Leave it out.");
        }
    }

    /** Checks all that can be checked before the data are there. */
    void check() {
        if (live.isEmpty() && (decoys.isPresent() || capacity.isPresent())) {
            throw new IllegalArgumentException(
                    (decoys.isPresent() ? "--decoys" : "--capacity") + " needs --pruning-aware LIVE.");
        }
        decoys.ifPresent(Decoys::parse);
        capacity.ifPresent(Capacity::parse);
        live.ifPresent(PruningAwareAttack::checkLive);
    }
}
