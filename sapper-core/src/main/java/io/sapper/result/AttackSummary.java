package io.sapper.result;

/**
 * The attack, as it was laid.
 *
 * @param trigger short form of the trigger
 * @param goal short form of the goal
 * @param poisonShare copies as a fraction of the clean training images (the paper's p), in (0, 1]
 * @param cleanImages clean training images
 * @param copies backdoored copies appended to them
 */
public record AttackSummary(String trigger, String goal, double poisonShare, int cleanImages, int copies) {
    public AttackSummary {
        Parts.present(trigger, "trigger");
        Parts.present(goal, "goal");
    }
}
