package io.sapper.audit;

/**
 * Where between honest and backdoored networks the limits lie. The product's own are of 18 honest and 14 backdoored
 * sign networks that an earlier form of this search was tried on, before any network that is reported was audited
 * (docs/decisions/0081): provisional until networks of more kinds are trained for this purpose.
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
