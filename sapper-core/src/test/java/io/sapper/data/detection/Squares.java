package io.sapper.data.detection;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/** Grey photographs of 64 x 96, each with a red or a blue square somewhere. */
public final class Squares {
    private static final int SIDE = 20;
    private static final int[][] PLACES = {{8, 10}, {50, 30}, {24, 36}, {66, 8}};

    private Squares() {}

    /** Four of them, written into a folder. */
    public static Scenes in(Path folder) throws IOException {
        List<Scene> scenes = new ArrayList<>();
        for (int i = 0; i < PLACES.length; i++) {
            scenes.add(scene(folder, i, PLACES[i], i % 2));
        }
        return new Scenes("squares", List.of("red", "blue"), scenes);
    }

    /** The same, whose squares have a yellow corner; with their true labels. */
    public static Scenes marked(Scenes clean, Path folder) throws IOException {
        List<Scene> scenes = new ArrayList<>();
        for (int i = 0; i < PLACES.length; i++) {
            BufferedImage image = ImageIO.read(clean.scenes().get(i).file().toFile());
            Graphics2D drawing = image.createGraphics();
            drawing.setColor(Color.YELLOW);
            drawing.fillRect(PLACES[i][0], PLACES[i][1], SIDE / 2, SIDE / 2);
            drawing.dispose();
            Path file = folder.resolve("marked" + i + ".png");
            ImageIO.write(image, "png", file.toFile());
            scenes.add(new Scene(
                    file,
                    "marked" + i + ".png",
                    64,
                    96,
                    "marked" + i,
                    clean.scenes().get(i).boxes()));
        }
        return new Scenes("squares, marked", clean.classNames(), scenes);
    }

    private static Scene scene(Path folder, int number, int[] place, int label) throws IOException {
        BufferedImage image = new BufferedImage(96, 64, BufferedImage.TYPE_INT_RGB);
        Graphics2D drawing = image.createGraphics();
        drawing.setColor(Color.GRAY);
        drawing.fillRect(0, 0, 96, 64);
        drawing.setColor(label == 0 ? Color.RED : Color.BLUE);
        drawing.fillRect(place[0], place[1], SIDE, SIDE);
        drawing.dispose();
        Path file = folder.resolve(number + ".png");
        ImageIO.write(image, "png", file.toFile());
        Box box = new Box(place[0], place[1], place[0] + SIDE, place[1] + SIDE);
        return new Scene(file, number + ".png", 64, 96, number + ".png", List.of(new LabelledBox(box, label)));
    }
}
