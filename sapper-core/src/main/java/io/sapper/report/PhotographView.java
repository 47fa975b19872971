package io.sapper.report;

import io.sapper.data.detection.Box;
import io.sapper.result.Photographs;
import io.sapper.result.Photographs.Detection;
import io.sapper.result.Photographs.Panel;
import io.sapper.result.Photographs.Photograph;
import io.sapper.result.Photographs.Sign;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A photograph as the page shows it: boxes and labels over it, and sentences below. Public for the templates.
 *
 * @param all the finding it is of
 * @param photograph one of its photographs
 */
public record PhotographView(Photographs all, Photograph photograph) {
    private static final String NOTHING = "nothing found";
    private static final double FOUND = 0.5; // intersection over union from which on a sign has an answer
    private static final double CHARACTER = 0.023; // of the width of a narrow picture, as is the next of its height
    private static final double LINE = 0.09;
    private static final double WIDE_LINE =
            0.04; // of a picture as wide as the page, where letters are as small as they get
    private static final double LINE_HEIGHT = 1.45;
    private static final int MOST_LINES = 4;

    /**
     * A detection's label over the photograph.
     *
     * @param detection whose it is
     * @param style CSS: where it is, in parts of the photograph, so that it fits at any size
     */
    public record Label(Detection detection, String style) {}

    /** What one network finds, without and with the trigger. */
    public record Told(String network, List<Panel> panels) {}

    /** The panels, network by network in the order of their first. */
    public List<Told> networks() {
        Map<String, List<Panel>> panels = new LinkedHashMap<>();
        photograph.panels().forEach(panel -> panels.computeIfAbsent(panel.network(), network -> new ArrayList<>())
                .add(panel));
        return panels.entrySet().stream()
                .map(entry -> new Told(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** A picture in base64 as an address of its own; its kind is told by its first bytes. */
    public static String address(String picture) {
        return "data:image/" + (picture.startsWith("/9j/") ? "jpeg" : "png") + ";base64," + picture;
    }

    /** Columns for each row, for the style sheet, which gives a photograph as much room as fits a screen. */
    public String shape() {
        return number((double) photograph.width() / photograph.height());
    }

    /** For {@code viewBox}: the whole photograph. */
    public String viewBox() {
        return "0 0 " + photograph.width() + " " + photograph.height();
    }

    /** For {@code viewBox}: a piece of it. */
    public static String viewBox(Box box) {
        return number(box.left()) + " " + number(box.top()) + " " + number(box.width()) + " " + number(box.height());
    }

    /** A coordinate with as many digits as are seen. */
    public static String number(double coordinate) {
        String text = String.format(Locale.ROOT, "%.2f", coordinate);
        return text.replaceFirst("\\.?0+$", "");
    }

    /** What of a box lies on the photograph. */
    public Box inside(Box box) {
        return box.within(photograph.height(), photograph.width());
    }

    /**
     * Where each label stands: above its box, below it at the upper edge, further off where another label is in the
     * way, and on the other side where that would be off the photograph. How wide a label gets is guessed for a narrow
     * picture; a wider one has room to spare.
     */
    public List<Label> labels(Panel panel) {
        List<Label> labels = new ArrayList<>();
        List<Box> taken = new ArrayList<>();
        List<Box> takenWide = new ArrayList<>(); // lines are of letters' height, so they end elsewhere
        for (Detection detection : panel.detections()) {
            Box box = inside(detection.box());
            double left = box.left() / photograph.width();
            double right = box.right() / photograph.width();
            double top = box.top() / photograph.height();
            double bottom = box.bottom() / photograph.height();
            double width = Math.min(1, CHARACTER * (detection.className().length() + 8));
            boolean fromLeft = left + width <= 1 || left + right < 1;
            boolean below = top < 2 * LINE && bottom < 1 - 2 * LINE;
            double start = fromLeft ? left : right - width;
            List<Place> places = Stream.of(below, !below)
                    .flatMap(side -> IntStream.range(0, MOST_LINES)
                            .mapToObj(line -> new Place(side, side ? bottom : Math.max(top, LINE), line)))
                    .filter(one -> one.upper(LINE) >= 0 && one.upper(LINE) + LINE <= 1)
                    .toList();
            Place place = places.stream()
                    .filter(one -> isFree(taken, one.box(start, width, LINE))
                            && isFree(takenWide, one.box(start, width, WIDE_LINE)))
                    .findFirst()
                    .orElseGet(() -> places.isEmpty() ? new Place(false, Math.max(top, LINE), 0) : places.get(0));
            taken.add(place.box(start, width, LINE));
            takenWide.add(place.box(start, width, WIDE_LINE));
            String across = fromLeft
                    ? "left:" + share(left) + ";max-width:" + share(1 - left)
                    : "right:" + share(1 - right) + ";max-width:" + share(right);
            String off = number(LINE_HEIGHT * place.line()) + "em";
            String down = place.below()
                    ? "top:" + share(place.edge()) + ";margin-top:" + off
                    : "bottom:" + share(1 - place.edge()) + ";margin-bottom:" + off;
            labels.add(new Label(detection, across + ";" + down));
        }
        return labels;
    }

    /**
     * Where a label may stand.
     *
     * @param below under the edge, else above it
     * @param edge in parts of the photograph's height
     * @param line how many lines away from it
     */
    private record Place(boolean below, double edge, int line) {
        double upper(double height) {
            return below ? edge + line * height : edge - (line + 1) * height;
        }

        /** What a label covers where lines are so high, in parts of the photograph. */
        Box box(double start, double width, double height) {
            return new Box(start, upper(height), start + width, upper(height) + height);
        }
    }

    private static boolean isFree(List<Box> taken, Box place) {
        return taken.stream().noneMatch(other -> other.intersectionOverUnion(place) > 0);
    }

    private static String share(double fraction) {
        return number(100 * fraction) + "%";
    }

    /** For example {@code stop, warning}. */
    public String truth() {
        return photograph.signs().isEmpty()
                ? "no sign"
                : photograph.signs().stream()
                        .map(sign -> sign.className() + (sign.attacked() ? " (gets the " + all.trigger() + ")" : ""))
                        .collect(Collectors.joining(", "));
    }

    /** What the network says of the signs that the trigger is put on; of all signs where it is put on none. */
    public String answers(Panel panel) {
        if (asked().isEmpty()) {
            return panel.detections().isEmpty() ? NOTHING : said(panel.detections());
        }
        return asked().stream()
                .map(sign -> answer(panel, sign).map(one -> said(List.of(one))).orElse(NOTHING))
                .collect(Collectors.joining(", "));
    }

    /** How to take that: what is not right is said. */
    public String judged(Panel panel) {
        List<Detection> answers =
                asked().stream().flatMap(sign -> answer(panel, sign).stream()).toList();
        if (answers.stream().anyMatch(one -> one.answer() == Photographs.Answer.OBEYS_TRIGGER)) {
            return "▲ obeys the " + all.trigger();
        }
        return answers.stream().anyMatch(one -> one.answer() == Photographs.Answer.WRONG) ? "✗ wrong" : "";
    }

    private List<Sign> asked() {
        List<Sign> attacked = photograph.signs().stream().filter(Sign::attacked).toList();
        return attacked.isEmpty() ? photograph.signs() : attacked;
    }

    private static String said(List<Detection> detections) {
        return detections.stream()
                .map(detection -> detection.className() + " (" + score(detection) + ")")
                .collect(Collectors.joining(", "));
    }

    /** The surest of the boxes on a sign. */
    private static Optional<Detection> answer(Panel panel, Sign sign) {
        return panel.detections().stream()
                .filter(detection -> detection.box().intersectionOverUnion(sign.box()) >= FOUND)
                .max(Comparator.comparingDouble(Detection::score));
    }

    /** How sure the network is, to two digits. */
    public static String score(Detection detection) {
        return String.format(Locale.ROOT, "%.2f", detection.score());
    }

    /** Without or with the trigger, to begin a sentence. */
    public String when(Panel panel) {
        if (all.photographs().stream().flatMap(one -> one.panels().stream()).noneMatch(Panel::triggered)) {
            return "As it is";
        }
        return (panel.triggered() ? "With the " : "Without the ") + all.trigger();
    }

    /** For {@code class}. */
    public static String style(Detection detection) {
        return switch (detection.answer()) {
            case RIGHT -> "right";
            case WRONG -> "wrong";
            case OBEYS_TRIGGER -> "obeys";
        };
    }

    /** The mark before a label, so that colour is not needed. */
    public static String mark(Detection detection) {
        return switch (detection.answer()) {
            case RIGHT -> "✓";
            case WRONG -> "✗";
            case OBEYS_TRIGGER -> "▲";
        };
    }

    /** For those who cannot see the picture. */
    public String summary(Panel panel) {
        return when(panel) + ": "
                + (panel.detections().isEmpty()
                        ? NOTHING
                        : panel.detections().stream()
                                .map(detection -> detection.className() + " " + score(detection) + ", "
                                        + detection.answer().words())
                                .collect(Collectors.joining("; ")))
                + ".";
    }
}
