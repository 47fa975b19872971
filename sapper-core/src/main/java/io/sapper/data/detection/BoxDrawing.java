package io.sapper.data.detection;

import io.sapper.data.image.Picture;
import io.sapper.data.image.Pictures;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Draws on a copy of a photograph what was found there: a box, the class and how sure, in the colour of the class.
 * Lines have a dark casing and words a ground of their own, so that both can be read on any photograph; their size
 * follows the photograph's shorter side. Words are drawn only where the machine has fonts.
 */
public final class BoxDrawing {
    /** Bright, far from one another, and told apart also by those who see no red (Okabe and Ito 2008). */
    private static final List<Color> COLOURS = List.of(
            new Color(0xf0, 0xe4, 0x42),
            new Color(0x56, 0xb4, 0xe9),
            new Color(0xe6, 0x9f, 0x00),
            new Color(0x2f, 0xd6, 0xa0),
            new Color(0xf0, 0x9a, 0xcb),
            new Color(0xff, 0x80, 0x50));

    private static final Color CASING = new Color(0, 0, 0, 190);
    private static final double LINE_PART = 1 / 240.0;
    private static final double LEAST_LINE = 1.5;
    private static final double TEXT_PART = 1 / 30.0;
    private static final double LEAST_TEXT = 11;

    private final BufferedImage drawn;
    private final Graphics2D pen;
    private final double line;
    private final boolean fonts;
    private final List<Rectangle2D> taken = new ArrayList<>();

    private BoxDrawing(BufferedImage drawn, boolean fonts) {
        this.drawn = drawn;
        this.fonts = fonts;
        int side = Math.min(drawn.getHeight(), drawn.getWidth());
        line = Math.max(LEAST_LINE, side * LINE_PART);
        pen = drawn.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        if (fonts) {
            pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            pen.setFont(new Font(Font.SANS_SERIF, Font.BOLD, (int) Math.round(Math.max(LEAST_TEXT, side * TEXT_PART))));
        }
    }

    /**
     * Draws all.
     *
     * @param photograph opaque; stays as it is
     * @param found in pixels of the photograph
     * @param classNames by their labels
     */
    public static BufferedImage on(Picture photograph, List<Detection> found, List<String> classNames) {
        BoxDrawing drawing = new BoxDrawing(Pictures.picture(photograph), Pictures.fonts());
        List<Detection> surestLast = found.stream()
                .sorted(Comparator.comparingDouble(Detection::score))
                .toList();
        surestLast.forEach(drawing::box);
        for (int i = surestLast.size() - 1; i >= 0; i--) {
            drawing.label(surestLast.get(i), classNames); // the surest has the first choice of place
        }
        drawing.pen.dispose();
        return drawing.drawn;
    }

    private static Color colour(int label) {
        return COLOURS.get(label % COLOURS.size());
    }

    private void box(Detection one) {
        Box box = one.box();
        Rectangle2D edge = new Rectangle2D.Double(box.left(), box.top(), box.width(), box.height());
        pen.setStroke(new BasicStroke((float) (2.2 * line)));
        pen.setColor(CASING);
        pen.draw(edge);
        pen.setStroke(new BasicStroke((float) line));
        pen.setColor(colour(one.label()));
        pen.draw(edge);
    }

    private void label(Detection one, List<String> classNames) {
        if (!fonts) {
            return;
        }
        String text = String.format(Locale.ROOT, "%s %.2f", classNames.get(one.label()), one.score());
        FontMetrics metrics = pen.getFontMetrics();
        double margin = 2 * line;
        Rectangle2D place = place(one.box(), metrics.stringWidth(text) + 2 * margin, metrics.getHeight() + line);
        taken.add(place);
        pen.setColor(CASING);
        pen.fill(place);
        pen.setColor(colour(one.label()));
        pen.drawString(text, (float) (place.getX() + margin), (float) (place.getY() + line / 2 + metrics.getAscent()));
    }

    /** Above the box, below it, or inside at its top: the first that lies on the photograph and on no other label. */
    private Rectangle2D place(Box box, double width, double height) {
        double left = Math.max(0, Math.min(box.left() - line, drawn.getWidth() - width));
        Rectangle2D inside = new Rectangle2D.Double(left, box.top(), width, height);
        return List.of(box.top() - line - height, box.bottom() + line, box.top()).stream()
                .map(top -> (Rectangle2D) new Rectangle2D.Double(left, top, width, height))
                .filter(place -> place.getMinY() >= 0 && place.getMaxY() <= drawn.getHeight())
                .filter(place -> taken.stream().noneMatch(place::intersects))
                .findFirst()
                .orElse(inside);
    }
}
