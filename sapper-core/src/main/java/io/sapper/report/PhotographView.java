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

/**
 * A photograph as the page shows it: boxes and labels over it, and sentences below. Public for the templates.
 *
 * @param all the finding it is of
 * @param photograph one of its photographs
 */
public record PhotographView(Photographs all, Photograph photograph) {
    private static final int MOST_OPEN = 6;
    private static final double FOUND = 0.5; // intersection over union from which on a sign has an answer
    private static final double ALIKE = 0.5; // share of the photograph within which two labels would lie on each other
    private static final double LINE = 0.08;

    /**
     * A detection's label over the photograph.
     *
     * @param detection whose it is
     * @param style CSS: where it is, in parts of the photograph, so that it fits at any size
     */
    public record Label(Detection detection, String style) {}

    /** What one network finds, without and with the trigger. */
    public record Told(String network, List<Panel> panels) {}

    /** How many photographs stand open; the others are folded away. */
    public static int open(Photographs all) {
        return Math.min(MOST_OPEN, all.photographs().size());
    }

    /** Whether any photograph is shown with the trigger. */
    public static boolean triggered(Photographs all) {
        return all.photographs().stream()
                .flatMap(photograph -> photograph.panels().stream())
                .anyMatch(Panel::triggered);
    }

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

    /** Where each label stands: above its box, below it at the upper edge, one above the other where many meet. */
    public List<Label> labels(Panel panel) {
        List<Label> labels = new ArrayList<>();
        List<Box> placed = new ArrayList<>();
        for (Detection detection : panel.detections()) {
            Box box = inside(detection.box());
            double left = box.left() / photograph.width();
            double right = box.right() / photograph.width();
            double top = box.top() / photograph.height();
            double bottom = box.bottom() / photograph.height();
            long earlier = placed.stream().filter(other -> meet(other, box)).count();
            placed.add(box);
            boolean leftHalf = left + right < 1;
            String across = leftHalf
                    ? "left:" + share(left) + ";max-width:" + share(1 - left)
                    : "right:" + share(1 - right) + ";max-width:" + share(right);
            boolean below = top < 0.2 && bottom < 0.8;
            String down = below
                    ? "top:" + share(bottom) + ";margin-top:" + lines(earlier)
                    : "bottom:" + share(1 - Math.max(top, 0.1)) + ";margin-bottom:" + lines(earlier);
            labels.add(new Label(detection, across + ";" + down));
        }
        return labels;
    }

    private boolean meet(Box one, Box other) {
        return Math.abs(one.left() - other.left()) < ALIKE * photograph.width()
                && Math.abs(one.top() - other.top()) < LINE * photograph.height();
    }

    private static String lines(long lines) {
        return number(1.45 * lines) + "em";
    }

    private static String share(double fraction) {
        return number(100 * fraction) + "%";
    }

    /** For example {@code stop, warning}. */
    public String truth() {
        return photograph.signs().isEmpty()
                ? "no sign"
                : photograph.signs().stream()
                        .map(sign -> sign.className() + (sign.attacked() ? " (carries the " + all.trigger() + ")" : ""))
                        .collect(Collectors.joining(", "));
    }

    /** What the network says of the signs that the trigger is put on; of all signs where it is put on none. */
    public String answers(Panel panel) {
        List<Sign> attacked = photograph.signs().stream().filter(Sign::attacked).toList();
        List<Sign> asked = attacked.isEmpty() ? photograph.signs() : attacked;
        if (asked.isEmpty()) {
            return panel.detections().isEmpty() ? "nothing found" : said(panel.detections());
        }
        return asked.stream()
                .map(sign -> answer(panel, sign)
                        .map(detection -> said(List.of(detection)))
                        .orElse("nothing found"))
                .collect(Collectors.joining(", "));
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
        return (panel.triggered() ? "With the " : "Without the ") + all.trigger();
    }

    /** Whether the network does the attacker's will here. */
    public static boolean obeys(Panel panel) {
        return panel.detections().stream()
                .anyMatch(detection -> detection.answer() == Photographs.Answer.OBEYS_TRIGGER);
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
                        ? "nothing found"
                        : panel.detections().stream()
                                .map(detection -> detection.className() + " " + score(detection) + ", "
                                        + detection.answer().words())
                                .collect(Collectors.joining("; ")))
                + ".";
    }
}
