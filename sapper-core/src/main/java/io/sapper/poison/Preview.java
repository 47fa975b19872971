package io.sapper.poison;

import io.sapper.data.Dataset;
import io.sapper.data.Output;
import io.sapper.data.Seeds;
import io.sapper.data.audio.Recordings;
import io.sapper.data.image.Pictures;
import io.sapper.trigger.Trigger;
import io.sapper.trigger.Triggers;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/**
 * One PNG that shows what an attack does to some images: a column for each, clean above, triggered below, and under it
 * its class and the attacker's label where the machine has fonts. Of recordings it shows the spectrograms, and each is
 * written as sound too, clean and triggered, numbered from the left.
 */
public final class Preview {
    static final String PNG = "preview.png";
    private static final String CLEAN = "clean";
    private static final String TRIGGERED = "triggered";
    private static final int GAP = 8;
    private static final int LETTERS = 12; // pixels high
    private static final int SMALLEST = 7;
    private static final int LABEL = 18;
    private static final int MOST = 64;

    /** Every file that {@link #write} may write. */
    public static List<String> files(int count) {
        List<String> files = new ArrayList<>(List.of(PNG));
        for (int i = 1; i <= count; i++) {
            files.addAll(List.of(wav(i, CLEAN), wav(i, TRIGGERED)));
        }
        return files;
    }

    private Preview() {}

    /**
     * Writes {@code preview.png}, and of recordings {@code preview-1-clean.wav} and so on.
     *
     * @param folder where files are written or replaced
     * @param clean where the images come from
     * @param count how many of the attacked images, 1 to 64; fewer if there are fewer
     * @param seed of the choice of images
     * @return what was written, the picture first
     * @throws IllegalArgumentException if trigger or goal do not fit the data, or no image is attacked
     */
    public static List<Path> write(Path folder, Dataset clean, Trigger trigger, Goal goal, int count, long seed)
            throws IOException {
        goal.check(clean.classCount());
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException("A preview shows 1 to " + MOST + " images, not " + count + ".");
        }
        int[] chosen = choose(clean, goal, count, seed);
        Dataset before = clean.subset("clean", chosen);
        RandomGenerator random = Seeds.generator(seed, "preview labels");
        int[] labels = IntStream.of(before.labels())
                .map(label -> goal.poisonLabel(label, clean.classCount(), random))
                .toArray();
        Dataset after = Triggers.triggered("triggered", clean, trigger, chosen, labels);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(draw(before, after), "png", bytes);
        List<Path> written = new ArrayList<>(List.of(folder.resolve(PNG)));
        Output.replace(written.get(0), bytes.toByteArray());
        written.addAll(sounds(folder, before, CLEAN));
        written.addAll(sounds(folder, after, TRIGGERED));
        return List.copyOf(written);
    }

    private static List<Path> sounds(Path folder, Dataset data, String kind) throws IOException {
        List<Path> written = new ArrayList<>();
        if (data.samples() instanceof Recordings recordings) {
            for (int i = 0; i < data.size(); i++) {
                Path file = folder.resolve(wav(i + 1, kind));
                Output.replace(file, recordings.wav(i));
                written.add(file);
            }
        }
        return written;
    }

    private static String wav(int number, String kind) {
        return "preview-" + number + "-" + kind + ".wav";
    }

    private static int[] choose(Dataset clean, Goal goal, int count, long seed) {
        int[] order = Seeds.permutation(clean.size(), Seeds.generator(seed, "preview"));
        int[] chosen = Arrays.stream(order)
                .filter(i -> goal.attacks(clean.label(i)))
                .limit(count)
                .toArray();
        if (chosen.length == 0) {
            throw new IllegalArgumentException("The goal " + Goals.spec(goal, clean.classNames())
                    + " attacks none of the " + clean.samples().noun() + " of " + clean.name() + ".");
        }
        return chosen;
    }

    /** How many times larger than life images are drawn: whole, so that each pixel stays a square. */
    static int scale(int height, int width) {
        return Math.max(1, 112 / Math.max(height, width));
    }

    private static BufferedImage draw(Dataset before, Dataset after) {
        int scale = scale(before.shape().height(), before.shape().width());
        int width = before.shape().width() * scale;
        int height = before.shape().height() * scale;
        boolean fonts = Pictures.fonts();
        BufferedImage sheet = new BufferedImage(
                GAP + before.size() * (width + GAP),
                3 * GAP + 2 * height + (fonts ? LABEL : 0),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = sheet.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        pen.setColor(new Color(0x50, 0x58, 0x60));
        pen.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        for (int i = 0; i < before.size(); i++) {
            int x = GAP + i * (width + GAP);
            pen.drawImage(Pictures.picture(before.image(i), 0, before.shape()), x, GAP, width, height, null);
            pen.drawImage(Pictures.picture(after.image(i), 0, after.shape()), x, 2 * GAP + height, width, height, null);
            if (fonts) {
                label(pen, before, after, i, x, 2 * GAP + 2 * height + LABEL - 4, width);
            }
        }
        pen.dispose();
        return sheet;
    }

    private static void label(Graphics2D pen, Dataset before, Dataset after, int i, int x, int y, int width) {
        Graphics2D own = (Graphics2D) pen.create();
        own.setColor(Color.WHITE);
        own.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, LETTERS));
        own.clipRect(x, y - LABEL, width, 2 * LABEL);
        String text = before.classNames().get(before.label(i)) + " \u2192 "
                + after.classNames().get(after.label(i));
        float fitting =
                (float) LETTERS * width / Math.max(1, own.getFontMetrics().stringWidth(text));
        own.setFont(own.getFont().deriveFont(Math.max(SMALLEST, Math.min(LETTERS, fitting))));
        own.drawString(text, x, y);
        own.dispose();
    }
}
