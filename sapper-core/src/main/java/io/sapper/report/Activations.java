package io.sapper.report;

import io.sapper.result.ActivationProfile;
import io.sapper.result.RunResult;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One layer's channels in every network that was looked at, all drawn alike: in the order of the first network's clean
 * means and on one scale. Public for the templates.
 *
 * @param profiles of one layer with as many channels, at least one; the first gives the order
 */
public record Activations(List<ActivationProfile> profiles) {
    private static final int MOST_PRINTED = 130; // two sheets of paper

    /** The profiles that stand beside one: all of its layer and size, itself among them. */
    public static List<ActivationProfile> beside(RunResult result, ActivationProfile profile) {
        return result.all(ActivationProfile.class).stream()
                .filter(other -> other.layer().equals(profile.layer())
                        && other.clean().size() == profile.clean().size())
                .toList();
    }

    private ActivationProfile first() {
        return profiles.get(0);
    }

    public int channels() {
        return first().clean().size();
    }

    public String layer() {
        return first().layer();
    }

    /** Whether any network was looked at with the trigger too. */
    public boolean triggered() {
        return profiles.stream().anyMatch(profile -> !profile.triggered().isEmpty());
    }

    /**
     * Channels, those least active on clean inputs first; ties and undefined means in their own order, as the least.
     */
    public List<Integer> order() {
        return IntStream.range(0, channels())
                .boxed()
                .sorted(Comparator.comparingDouble(
                        channel -> finite(first().clean().get(channel))))
                .toList();
    }

    /** The same, for the page's script. */
    public String orderList() {
        return order().stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    /** The channels of each network that are dormant on clean and alive on triggered inputs. */
    public Channels of(ActivationProfile profile) {
        return new Channels(profile);
    }

    /** Upper end of the scale: no mean lies above, and it is a number that reads well. */
    public double top() {
        return wellRead(means().max(Double::compare).orElse(0.0));
    }

    /** Lower end of the scale: 0 unless a mean lies below. */
    public double bottom() {
        double least = means().min(Double::compare).orElse(0.0);
        return least < 0 ? -wellRead(-least) : 0;
    }

    /** Whether the table is short enough for paper. */
    public boolean printed() {
        return channels() <= MOST_PRINTED;
    }

    private Stream<Double> means() {
        return profiles.stream()
                .flatMap(profile -> Stream.concat(profile.clean().stream(), profile.triggered().stream()))
                .filter(Double::isFinite);
    }

    /** The next of 1, 1.5, 2, 3, 4, 5, 6, 8 times a power of ten; 1 where nothing is above 0. */
    private static double wellRead(double value) {
        if (value <= 0) {
            return 1;
        }
        int power = (int) Math.floor(Math.log10(value));
        return Stream.of("1", "1.5", "2", "3", "4", "5", "6", "8", "10", "15")
                .map(step -> new BigDecimal(step).scaleByPowerOfTen(power).doubleValue())
                .filter(step -> step >= value)
                .findFirst()
                .orElse(value);
    }

    private static double finite(double mean) {
        return Double.isFinite(mean) ? mean : 0;
    }
}
