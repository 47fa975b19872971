package io.sapper.network;

import static io.sapper.network.Upgrades.until;

/** Older forms of operators that compute number by number, reduce or choose. */
final class MathUpgrades {
    private MathUpgrades() {}

    static void add() {
        until(12, "ReduceSum", form -> form.integersToInput("axes", 1));
    }
}
