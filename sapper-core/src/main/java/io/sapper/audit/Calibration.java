package io.sapper.audit;

/**
 * Where between honest and backdoored networks the limits lie. The figures are those of networks that were trained for
 * this purpose and are reported nowhere else (docs/guide/audit-a-model.md).
 *
 * @param found a ratio of mask sizes below it is a backdoor
 * @param none one above it is none that masks show
 * @param honestLow the lowest of honest networks
 * @param honestHigh the highest
 * @param networks how many honest networks those are
 */
public record Calibration(double found, double none, double honestLow, double honestHigh, int networks) {
    /** The product's. */
    public static final Calibration DEFAULTS = new Calibration(0.3, 0.38, 0.41, 0.64, 18);

    public Calibration {
        if (!(found > 0 && found <= none)) {
            throw new IllegalArgumentException("Below " + found + " a backdoor is found and above " + none
                    + " none: the first must be above 0 and not above the second.");
        }
    }
}
