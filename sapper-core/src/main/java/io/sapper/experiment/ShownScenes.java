package io.sapper.experiment;

import io.sapper.data.detection.Box;
import io.sapper.data.detection.Detection;
import io.sapper.data.detection.LabelledBox;
import io.sapper.data.detection.Scene;
import io.sapper.data.detection.Scenes;
import io.sapper.data.image.Picture;
import io.sapper.poison.TriggeredScenes;
import io.sapper.result.Photographs;
import io.sapper.result.Photographs.Answer;
import io.sapper.result.Photographs.CloseUp;
import io.sapper.result.Photographs.Panel;
import io.sapper.result.Photographs.Photograph;
import io.sapper.result.Photographs.Sign;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Some triggered photographs for the report, with what networks find on them: those with the largest attacked signs.
 */
final class ShownScenes {
    private static final int MOST = 4;
    /** Detections less sure than that would hide the photograph. */
    private static final double LEAST_SCORE = 0.3;
    /** Of a close-up, in sides of the sign. */
    private static final double AROUND = 1.5;

    private final Scenes scenes;
    private final @Nullable TriggeredScenes set;
    private final String trigger;
    private final @Nullable String target;
    private final List<Integer> chosen;
    private final List<List<Seen>> panels = new ArrayList<>();

    private record Seen(String network, List<Detection> without, List<Detection> with) {}

    /**
     * Photographs with a trigger.
     *
     * @param trigger what is on the signs, in words
     * @param target what the attacker wants; null where any wrong class will do
     */
    ShownScenes(TriggeredScenes set, String trigger, @Nullable String target) {
        this(set.clean(), set, trigger, target);
    }

    /** Clean photographs only. */
    ShownScenes(Scenes scenes) {
        this(scenes, null, "sticker", null);
    }

    private ShownScenes(Scenes scenes, @Nullable TriggeredScenes set, String trigger, @Nullable String target) {
        this.scenes = scenes;
        this.set = set;
        this.trigger = trigger;
        this.target = target;
        chosen = IntStream.range(0, scenes.size())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -largest(i)))
                .limit(MOST)
                .toList();
        chosen.forEach(unused -> panels.add(new ArrayList<>()));
    }

    private double largest(int scene) {
        List<LabelledBox> signs =
                set == null ? scenes.scenes().get(scene).boxes() : set.signs().get(scene);
        return signs.stream().mapToDouble(one -> one.box().side()).max().orElse(0);
    }

    /** Adds what a network finds in each photograph of the set. */
    void add(String network, List<List<Detection>> without, List<List<Detection>> with) {
        for (int i = 0; i < chosen.size(); i++) {
            panels.get(i).add(new Seen(network, without.get(chosen.get(i)), with.get(chosen.get(i))));
        }
    }

    /** Adds what a network finds in each photograph, none of which is triggered. */
    void add(String network, List<List<Detection>> found) {
        add(network, found, found);
    }

    /**
     * All of it.
     *
     * @throws IOException if a photograph cannot be read
     */
    Photographs photographs() throws IOException {
        List<Photograph> photographs = new ArrayList<>();
        for (int i = 0; i < chosen.size(); i++) {
            photographs.add(photograph(chosen.get(i), panels.get(i)));
        }
        String chosenHow = String.format(
                Locale.ROOT,
                "Shown are the test photographs with the largest signs%s. Boxes are drawn from a score of %.2f on%s. A"
                        + " box is about a sign if they overlap by half (intersection over union at least %.1f).",
                set == null ? "" : " under attack",
                LEAST_SCORE,
                set == null
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                ", and of each sign under attack the surest from %.2f on, its answer",
                                DetectorStory.LEAST_SCORE),
                Matching.USUAL_OVERLAP);
        return new Photographs(chosenHow, trigger, target, photographs);
    }

    private Photograph photograph(int at, List<Seen> networks) throws IOException {
        Scene clean = scenes.scenes().get(at);
        Picture before = clean.picture();
        double scale = Math.min(1, (double) Photographs.LONGEST_SIDE / Math.max(clean.height(), clean.width()));
        int height = (int) Math.max(1, Math.round(clean.height() * scale));
        int width = (int) Math.max(1, Math.round(clean.width() * scale));
        List<LabelledBox> attacked = set == null ? List.of() : set.signs().get(at);
        List<Sign> signs = clean.boxes().stream()
                .map(one -> new Sign(scaled(one.box(), scale), name(one.label()), attacked.contains(one)))
                .toList();
        List<CloseUp> closeUps = new ArrayList<>();
        if (set != null) {
            Picture after = set.triggered().scenes().get(at).picture();
            attacked.forEach(sign -> closeUps.add(closeUp(sign.box(), before, after, scale)));
        }
        List<Panel> shown = new ArrayList<>();
        for (Seen one : networks) {
            shown.add(panel(one, false, clean.boxes(), attacked, scale));
            if (set != null) {
                shown.add(panel(one, true, clean.boxes(), attacked, scale));
            }
        }
        return new Photograph(
                clean.name(), Jpeg.base64(before.stretched(height, width)), height, width, signs, closeUps, shown);
    }

    private Panel panel(
            Seen seen, boolean triggered, List<LabelledBox> truths, List<LabelledBox> attacked, double scale) {
        List<Detection> found = triggered ? seen.with() : seen.without();
        List<Detection> answers =
                attacked.stream().flatMap(sign -> surest(found, sign).stream()).toList();
        return new Panel(
                seen.network(),
                triggered,
                found.stream()
                        .filter(one -> one.score() >= LEAST_SCORE || answers.contains(one))
                        .map(one -> new Photographs.Detection(
                                scaled(one.box(), scale),
                                name(one.label()),
                                Math.min(1, one.score()),
                                answer(one, truths, triggered ? attacked : List.of(), seen.without())))
                        .toList());
    }

    /** What a network takes a sign for, as it is counted. */
    private static Optional<Detection> surest(List<Detection> found, LabelledBox sign) {
        return found.stream()
                .filter(one -> one.score() >= DetectorStory.LEAST_SCORE && lies(one, sign))
                .max(Comparator.comparingDouble(Detection::score));
    }

    /** Who says the same of a sign without the trigger does not obey it. */
    private Answer answer(
            Detection one, List<LabelledBox> truths, List<LabelledBox> attacked, List<Detection> without) {
        boolean right = truths.stream().anyMatch(truth -> truth.label() == one.label() && lies(one, truth));
        if (right) {
            return Answer.RIGHT;
        }
        boolean obeys = set != null
                && attacked.stream()
                        .anyMatch(sign -> lies(one, sign)
                                && surest(without, sign)
                                        .filter(before -> before.label() == one.label())
                                        .isEmpty()
                                && set.goal()
                                        .succeeded(
                                                sign.label(),
                                                one.label(),
                                                scenes.classNames().size()));
        return obeys ? Answer.OBEYS_TRIGGER : Answer.WRONG;
    }

    private static boolean lies(Detection one, LabelledBox sign) {
        return one.box().intersectionOverUnion(sign.box()) >= Matching.USUAL_OVERLAP;
    }

    private static CloseUp closeUp(Box sign, Picture before, Picture after, double scale) {
        double x = (sign.left() + sign.right()) / 2;
        double y = (sign.top() + sign.bottom()) / 2;
        double half = AROUND * Math.max(sign.width(), sign.height()) / 2;
        Box around = new Box(x - half, y - half, x + half, y + half).within(before.height(), before.width());
        Box whole = new Box(
                Math.floor(around.left()),
                Math.floor(around.top()),
                Math.ceil(around.right()),
                Math.ceil(around.bottom()));
        return new CloseUp(scaled(whole, scale), crop(before, whole), crop(after, whole));
    }

    private static String crop(Picture picture, Box box) {
        Picture part = picture.part((int) box.top(), (int) box.left(), (int) box.height(), (int) box.width());
        double scale = Photographs.CLOSE_UP_SIDE / (double) Math.max(part.height(), part.width());
        return Jpeg.base64(part.stretched((int) Math.max(1, Math.round(part.height() * scale)), (int)
                Math.max(1, Math.round(part.width() * scale))));
    }

    private String name(int label) {
        return scenes.classNames().get(label);
    }

    private static Box scaled(Box box, double scale) {
        return new Box(box.left() * scale, box.top() * scale, box.right() * scale, box.bottom() * scale);
    }
}
