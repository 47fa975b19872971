package io.sapper.poison;

import io.sapper.data.Output;
import io.sapper.data.Seeds;
import io.sapper.data.detection.Box;
import io.sapper.data.detection.Scene;
import io.sapper.data.detection.Scenes;
import io.sapper.data.image.Picture;
import io.sapper.data.image.Pictures;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import javax.imageio.ImageIO;

/**
 * One PNG that shows what an attack does to some photographs with boxes: a row for each, the whole photograph with the
 * trigger and a frame around each sign that carries it, then the largest of these signs from near, clean beside
 * triggered, under headings that say so. Under it the photograph's name, what the sign is and what the attacker calls
 * it, where the machine has fonts.
 */
public final class ScenePreview {
    private static final int GAP = 8;
    private static final int LABEL = 18;
    private static final int MOST = 64;
    /** Rows of the sheet for one photograph, and of both pictures of its sign. */
    private static final int HEIGHT = 240;

    private static final int SCENE_WIDTH = 320;
    /** Where the sign from near begins, clean and with the trigger. */
    private static final int BEFORE = 2 * GAP + SCENE_WIDTH;

    private static final int AFTER = BEFORE + HEIGHT + GAP;
    private static final int WIDTH = AFTER + HEIGHT + GAP;
    /** How much is shown around a sign, of its longer side, on each side. */
    private static final double AROUND = 0.25;

    private static final Color GROUND = new Color(0x50, 0x58, 0x60);
    static final Color FRAME = new Color(0xff, 0x30, 0x30);

    private ScenePreview() {}

    /**
     * Writes {@code preview.png}.
     *
     * @param folder where it is written or replaced
     * @param poisoned photographs, of which the copies are shown
     * @param count how many of the copies, 1 to 64; fewer if there are fewer
     * @param seed of the choice of copies
     * @return what was written
     * @throws io.sapper.data.MalformedFileException if a photograph cannot be read
     */
    public static Path write(Path folder, PoisonedScenes poisoned, int count, long seed) throws IOException {
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException("A preview shows 1 to " + MOST + " photographs, not " + count + ".");
        }
        int[] order = Seeds.permutation(poisoned.copies().size(), Seeds.generator(seed, "preview"));
        int[] chosen = Arrays.stream(order).limit(count).toArray();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(sheet(poisoned, chosen), "png", bytes);
        Path file = folder.resolve(Preview.PNG);
        Output.replace(file, bytes.toByteArray());
        return file;
    }

    private static BufferedImage sheet(PoisonedScenes poisoned, int[] chosen) throws IOException {
        boolean fonts = Pictures.fonts();
        int step = GAP + HEIGHT + (fonts ? LABEL : 0);
        int top = GAP + (fonts ? LABEL : 0);
        BufferedImage sheet = new BufferedImage(WIDTH, top + chosen.length * step, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = sheet.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        pen.setColor(GROUND);
        pen.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        if (fonts) {
            label(pen, "With the trigger", GAP, LABEL, SCENE_WIDTH);
            label(pen, "From near, clean", BEFORE, LABEL, HEIGHT);
            label(pen, "With the trigger", AFTER, LABEL, HEIGHT);
        }
        for (int i = 0; i < chosen.length; i++) {
            PoisonedScenes.Copy copy = poisoned.copies().get(chosen[i]);
            Scene clean = poisoned.data().scenes().get(copy.source());
            Scene triggered = poisoned.data().scenes().get(poisoned.cleanSize() + chosen[i]);
            PoisonedScenes.Sign largest = copy.signs().stream()
                    .max(Comparator.comparingDouble(sign -> box(clean, sign).area()))
                    .orElseThrow();
            int y = top + i * step;
            row(pen, y, clean, triggered, copy, box(clean, largest));
            if (fonts) {
                String text = text(poisoned.data(), clean, copy, largest);
                label(pen, text, GAP, y + HEIGHT + LABEL - 5, WIDTH - 2 * GAP);
            }
        }
        pen.dispose();
        return sheet;
    }

    private static Box box(Scene scene, PoisonedScenes.Sign sign) {
        return scene.boxes().get(sign.box()).box();
    }

    private static void row(Graphics2D pen, int y, Scene clean, Scene triggered, PoisonedScenes.Copy copy, Box sign)
            throws IOException {
        Picture before = clean.picture();
        Picture after = triggered.retouch().of(before);
        double scale = Math.min(1, Math.min((double) SCENE_WIDTH / after.width(), (double) HEIGHT / after.height()));
        int width = (int) Math.max(1, Math.round(after.width() * scale));
        int height = (int) Math.max(1, Math.round(after.height() * scale));
        pen.drawImage(Pictures.picture(after.stretched(height, width)), GAP, y, null);
        pen.setColor(FRAME);
        for (PoisonedScenes.Sign one : copy.signs()) {
            frame(pen, box(clean, one), scale, y);
        }
        near(pen, before, sign, BEFORE, y);
        near(pen, after, sign, AFTER, y);
    }

    /** Around a sign, two pixels away from it. */
    private static void frame(Graphics2D pen, Box box, double scale, int y) {
        Graphics2D own = (Graphics2D) pen.create();
        own.clipRect(GAP, y, SCENE_WIDTH, HEIGHT);
        int left = (int) Math.floor(box.left() * scale) - 3;
        int top = (int) Math.floor(box.top() * scale) - 3;
        int right = (int) Math.ceil(box.right() * scale) + 2;
        int bottom = (int) Math.ceil(box.bottom() * scale) + 2;
        own.drawRect(GAP + left, y + top, right - left, bottom - top);
        own.dispose();
    }

    /**
     * A sign and what is around it: enlarged by a whole number, so that each pixel stays a square, or shrunk to fit.
     */
    private static void near(Graphics2D pen, Picture photograph, Box sign, int x, int y) {
        double around = AROUND * Math.max(sign.width(), sign.height());
        Picture cut = cut(
                photograph,
                new Box(sign.left() - around, sign.top() - around, sign.right() + around, sign.bottom() + around));
        int longer = Math.max(cut.height(), cut.width());
        if (longer > HEIGHT) {
            cut = cut.stretched(
                    Math.max(1, cut.height() * HEIGHT / longer), Math.max(1, cut.width() * HEIGHT / longer));
        }
        int times = Math.max(1, HEIGHT / longer);
        pen.drawImage(Pictures.picture(cut), x, y, cut.width() * times, cut.height() * times, null);
    }

    /** The pixels that a box touches. */
    private static Picture cut(Picture photograph, Box box) {
        Box inside = box.within(photograph.height(), photograph.width());
        int left = (int) Math.floor(inside.left());
        int top = (int) Math.floor(inside.top());
        return photograph.part(
                top, left, (int) Math.ceil(inside.bottom()) - top, (int) Math.ceil(inside.right()) - left);
    }

    private static String text(Scenes data, Scene scene, PoisonedScenes.Copy copy, PoisonedScenes.Sign sign) {
        int others = copy.signs().size() - 1;
        return String.format(
                Locale.ROOT,
                "%s: %s \u2192 %s, %.0f x %.0f pixels%s",
                scene.name(),
                data.classNames().get(sign.trueLabel()),
                data.classNames().get(sign.poisonLabel()),
                box(scene, sign).width(),
                box(scene, sign).height(),
                others == 0 ? "" : others == 1 ? ", and one more sign" : ", and " + others + " more signs");
    }

    private static void label(Graphics2D pen, String text, int x, int y, int width) {
        Graphics2D own = (Graphics2D) pen.create();
        own.setColor(Color.WHITE);
        own.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        own.clipRect(x, y - LABEL, width, 2 * LABEL);
        own.drawString(text, x, y);
        own.dispose();
    }
}
