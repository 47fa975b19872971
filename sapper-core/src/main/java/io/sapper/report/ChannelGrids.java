package io.sapper.report;

import io.sapper.result.ActivationProfile;
import io.sapper.result.ChannelMaps;
import io.sapper.result.FilterPictures;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The channels of a layer as three grids of cells on one scale. Public for the templates.
 *
 * @param maps the means
 */
public record ChannelGrids(ChannelMaps maps) {
    private static final int MOST_PRINTED = 130; // two sheets of paper

    /**
     * One grid.
     *
     * @param title what is shown
     * @param drawing its cells
     * @param note for those who cannot see it
     */
    public record Grid(String title, FilterDrawing drawing, String note) {}

    public int channels() {
        return maps.clean().size();
    }

    /** As many columns as rows, or nearly. */
    public int columns() {
        return Math.max(1, (int) Math.ceil(Math.sqrt(channels())));
    }

    public int rows() {
        return Math.max(1, (channels() + columns() - 1) / columns());
    }

    /** Cells that are left over behind the last channel, as a path; empty where there are none. */
    public String leftOver() {
        int used = channels() - (rows() - 1) * columns();
        return used == columns()
                ? ""
                : "M" + used + " " + (rows() - 1) + "h" + (columns() - used) + "v1h-" + (columns() - used) + "z";
    }

    /** Width of the drawing, with room for the outlines at its edges. */
    public String width() {
        return PhotographView.number(columns() + 0.3);
    }

    /** Height of the drawing. */
    public String height() {
        return PhotographView.number(rows() + 0.3);
    }

    /** Thin lines between the cells, as a path. */
    public String rules() {
        StringBuilder path = new StringBuilder();
        for (int column = 0; column <= columns(); column++) {
            path.append('M').append(column).append(" 0v").append(rows());
        }
        for (int row = 0; row <= rows(); row++) {
            path.append("M0 ").append(row).append('h').append(columns());
        }
        return path.toString();
    }

    /** The largest magnitude of any of the three. */
    public double scale() {
        return Stream.of(maps.clean(), maps.triggered(), maps.difference())
                .flatMap(List::stream)
                .mapToDouble(Math::abs)
                .filter(Double::isFinite)
                .max()
                .orElse(0);
    }

    public List<Grid> grids() {
        return List.of(
                grid("Clean scenes", maps.clean()),
                grid("With the trigger", maps.triggered()),
                grid("Difference", maps.difference()));
    }

    private Grid grid(String title, List<Double> means) {
        List<Float> cells = new ArrayList<>();
        means.forEach(mean -> cells.add(mean.floatValue()));
        while (cells.size() < rows() * columns()) {
            cells.add(Float.NaN);
        }
        FilterPictures.Filter filter = new FilterPictures.Filter(0, rows(), columns(), cells, Double.NaN, false);
        return new Grid(title, new FilterDrawing(filter, scale()), title + ": " + channels() + " channels as cells");
    }

    /** Channels that are dormant on clean scenes and alive with the trigger, the most raised first. */
    public List<Integer> waking() {
        return new Channels(new ActivationProfile(maps.network(), maps.layer(), maps.clean(), maps.triggered()))
                .backdoor();
    }

    /** The same in words. */
    public String wakingList() {
        return waking().stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    /** Whether the table is short enough for paper. */
    public boolean printed() {
        return channels() <= MOST_PRINTED;
    }
}
