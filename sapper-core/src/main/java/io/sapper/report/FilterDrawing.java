package io.sapper.report;

import io.sapper.result.FilterPictures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One filter as coloured cells: the same scale for all filters of a layer, purple for negative weights, white for none,
 * orange for positive ones. Public for the templates.
 *
 * @param filter its weights
 * @param scale the largest magnitude of the layer
 */
public record FilterDrawing(FilterPictures.Filter filter, double scale) {
    private static final int STEPS = 10; // shades on each side of white
    private static final int[] NEGATIVE = {0x54, 0x27, 0x88};
    private static final int[] NONE = {0xf7, 0xf7, 0xf7};
    private static final int[] POSITIVE = {0xb3, 0x58, 0x06};

    /**
     * All cells of one shade.
     *
     * @param colour for {@code fill}
     * @param path unit squares
     */
    public record Shade(String colour, String path) {}

    /** The filters of a layer, drawn alike. */
    public static List<FilterDrawing> of(FilterPictures pictures) {
        double scale = scale(pictures);
        return pictures.filters().stream()
                .map(filter -> new FilterDrawing(filter, scale))
                .toList();
    }

    /** The largest magnitude of any finite weight. */
    public static double scale(FilterPictures pictures) {
        return pictures.filters().stream()
                .flatMap(filter -> filter.weights().stream())
                .mapToDouble(Math::abs)
                .filter(Double::isFinite)
                .max()
                .orElse(0);
    }

    /** What to paint, shade by shade. */
    public List<Shade> shades() {
        List<Shade> shades = new ArrayList<>();
        for (int level = -STEPS; level <= STEPS; level++) {
            StringBuilder path = new StringBuilder();
            for (int i = 0; i < filter.weights().size(); i++) {
                if (level(filter.weights().get(i)) == level) {
                    path.append('M').append(i % filter.width()).append(' ').append(i / filter.width());
                    path.append("h1v1h-1z");
                }
            }
            if (!path.isEmpty()) {
                shades.add(new Shade(colour(level), path.toString()));
            }
        }
        return shades;
    }

    private int level(float weight) {
        return Float.isFinite(weight) && scale > 0 ? (int) Math.round(STEPS * weight / scale) : 0;
    }

    private static String colour(int level) {
        int[] end = level < 0 ? NEGATIVE : POSITIVE;
        double share = Math.abs(level) / (double) STEPS;
        StringBuilder colour = new StringBuilder("#");
        for (int i = 0; i < 3; i++) {
            colour.append(String.format(Locale.ROOT, "%02x", Math.round(NONE[i] + share * (end[i] - NONE[i]))));
        }
        return colour.toString();
    }
}
