package io.sapper.report;

import io.sapper.result.ActivationProfile;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The channels of a profile as the chart shows them. Public for the templates.
 *
 * <p>What is called a backdoor channel here is a reading aid that knows the trigger; no defence uses it.
 *
 * @param profile the means
 */
public record Channels(ActivationProfile profile) {
    /** At most this share of the most active channel's clean mean: dormant. */
    static final double DORMANT = 0.05;

    /** At least this many times its clean mean when triggered, and at least {@link #AUDIBLE}: alive. */
    static final double RAISED = 3;

    /** Of the most active channel's clean mean. */
    static final double AUDIBLE = 0.02;

    /** Those dormant on clean inputs and alive on triggered ones, most raised first. */
    public List<Integer> backdoor() {
        if (profile.triggered().isEmpty()) {
            return List.of();
        }
        double most =
                profile.clean().stream().mapToDouble(Double::doubleValue).max().orElse(0);
        return IntStream.range(0, profile.clean().size())
                .boxed()
                .filter(channel -> wakes(channel, most))
                .sorted(Comparator.comparingDouble(
                                (Integer channel) -> profile.triggered().get(channel))
                        .reversed())
                .toList();
    }

    /** The same, for the page's script. */
    public String backdoorList() {
        return backdoor().stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    /** For those who cannot see the chart. */
    public String summary() {
        String marked = backdoor().isEmpty()
                ? ""
                : " Dormant on clean and alive on triggered inputs: channels "
                        + backdoorList().replace(",", ", ") + ".";
        return "Bar chart: mean activation of the " + profile.clean().size() + " channels of layer " + profile.layer()
                + ", least active on clean inputs first." + marked;
    }

    private boolean wakes(int channel, double most) {
        double clean = profile.clean().get(channel);
        double triggered = profile.triggered().get(channel);
        return clean <= DORMANT * most && triggered >= RAISED * clean && triggered >= AUDIBLE * most && triggered > 0;
    }
}
