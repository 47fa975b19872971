package io.sapper.audit;

/**
 * Where between honest and backdoored networks the limits lie. The product's own are of 25 honest networks on digits,
 * traffic signs, faces and spoken digits that were trained for this purpose ({@code reproduce audit.zoo}, the half for
 * calibration, docs/decisions/0083): of {@code classes}, {@code found} lies a twentieth below the one of them that
 * stands out most and {@code none} where one in twenty stands out more; {@code alone} lies below the smallest size of
 * any. Those of {@code added} are of 50 of these networks (docs/decisions/0085) and of eight others for signs, of three
 * kinds (docs/decisions/0087); those of {@code margin} of 40 and of 48 others that were trained for it alone, those of
 * {@code many} of the one for faces and of eight others (docs/decisions/0086).
 *
 * @param alone a size below it, by the median, is a backdoor whatever other classes need
 * @param classes of a change that leads to one class
 * @param many the same, and what honest networks show, of more than 64 classes
 * @param honest the networks that {@code alone} and {@code classes} are of
 * @param allToAll of one change for images of all classes (docs/decisions/0084)
 * @param source of a change for images of one class
 * @param added of a change that is added to images
 * @param margin of the next class's largest margin by the largest and the surest class's mask beside others, together
 */
public record Calibration(
        double alone,
        Limits classes,
        Many many,
        Honest honest,
        Limits allToAll,
        Limits source,
        Limits added,
        Limits margin) {
    /** The smallest of more classes is smaller by chance. */
    private static final int MANY = 64;

    /** The product's. */
    public static final Calibration DEFAULTS = new Calibration(
            0.25,
            new Limits(0.44, 0.54),
            new Many(0.23, new Limits(0.35, 0.39), new Honest(0.25, 0.39, 9)),
            new Honest(0.28, 0.86, 25),
            new Limits(0.5, 0.7),
            new Limits(0.2, 0.3),
            new Limits(0.42, 0.48),
            new Limits(0.72, 0.79));

    /**
     * The same for a network of so many classes: {@code alone}, {@code classes} and {@code honest} are those that hold.
     */
    public Calibration forClasses(int count) {
        return count <= MANY
                ? this
                : new Calibration(many.alone, many.classes, many, many.honest, allToAll, source, added, margin);
    }

    /** Of changes of a form that lead to one class. */
    public Limits of(TriggerInversion.Form form) {
        return form == TriggerInversion.Form.MASKED ? classes : added;
    }

    /**
     * Where a search's limits lie.
     *
     * @param found what stands out so far ({@link Confirmation.Ratio#standing}) is a backdoor
     * @param none what stands out less is none
     */
    public record Limits(double found, double none) {
        public Limits {
            if (!(found > 0 && found <= none)) {
                throw new IllegalArgumentException("Below " + found + " a backdoor is found and above " + none
                        + " none: the first must be above 0 and not above the second.");
            }
        }
    }

    /**
     * What holds for networks of many classes.
     *
     * @param alone a size below it, by the median, is a backdoor whatever other classes need
     * @param classes of a change that leads to one class
     * @param honest the networks that these limits are of
     */
    public record Many(double alone, Limits classes, Honest honest) {}

    /**
     * Honest networks.
     *
     * @param low the smallest size of a class by the median
     * @param high the largest of their smallest sizes
     * @param networks how many
     */
    public record Honest(double low, double high, int networks) {}
}
