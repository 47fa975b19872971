package io.sapper.cli;

import io.sapper.network.Graph;
import io.sapper.network.Initialization;
import io.sapper.network.OnnxWriter;
import io.sapper.network.detection.SampleDetectors;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/**
 * Grey photographs of 96 x 64, each with a red square (stop) or a blue one (limit) of 20 x 20 somewhere, in YOLO's
 * layout; an untrained detector of both, and a small classifier to begin one with.
 *
 * @param folder that all of it lies in
 * @param scenes the photographs
 * @param detector its file says the classes stop and limit
 * @param backbone its layers c2 and c3 have feature maps at strides 8 and 16
 * @param out not there yet
 */
record TinySigns(Path folder, Path scenes, Path detector, Path backbone, Path out) {
    static final int TRAIN = 12;
    static final int TEST = 8;

    static TinySigns in(Path folder) throws IOException {
        Path scenes = folder.resolve("signs");
        part(scenes, "train", TRAIN);
        part(scenes, "test", TEST);
        Files.writeString(scenes.resolve("classes.txt"), "stop\nlimit\n");
        Path detector = folder.resolve("detector.onnx");
        OnnxWriter.write(SampleDetectors.small(1), detector, List.of("stop", "limit"));
        Path backbone = folder.resolve("classifier.onnx");
        classifier("c1", "c2", "c3", backbone);
        return new TinySigns(folder, scenes, detector, backbone, folder.resolve("out"));
    }

    /** Writes a classifier whose layers of these names have feature maps at strides 4, 8 and 16. */
    static void classifier(String four, String eight, String sixteen, Path file) throws IOException {
        Graph classifier = Graph.image(3, 32, 32)
                .convolution("first", 6, 3, 2, 1)
                .relu()
                .convolution(four, 6, 3, 2, 1)
                .relu()
                .convolution(eight, 8, 3, 2, 1)
                .relu()
                .convolution(sixteen, 8, 3, 2, 1)
                .relu()
                .averagePool(2)
                .flatten()
                .dense("scores", 5)
                .build();
        OnnxWriter.write(Initialization.draw(classifier, 1), file);
    }

    private static void part(Path scenes, String part, int count) throws IOException {
        Files.createDirectories(scenes.resolve("images").resolve(part));
        Files.createDirectories(scenes.resolve("labels").resolve(part));
        for (int i = 0; i < count; i++) {
            int left = 5 + i * 17 % 70;
            int top = 4 + i * 11 % 38;
            Path file = scenes.resolve("images").resolve(part).resolve(i + ".png");
            ImageIO.write(photograph(i % 2 == 0 ? Color.RED : Color.BLUE, left, top), "png", file.toFile());
            Files.writeString(
                    scenes.resolve("labels").resolve(part).resolve(i + ".txt"),
                    String.format(
                            Locale.ROOT,
                            "%d %f %f %f %f%n",
                            i % 2,
                            (left + 10) / 96.0,
                            (top + 10) / 64.0,
                            20 / 96.0,
                            20 / 64.0));
        }
    }

    static BufferedImage photograph(Color colour, int left, int top) {
        BufferedImage image = new BufferedImage(96, 64, BufferedImage.TYPE_INT_RGB);
        Graphics2D drawing = image.createGraphics();
        drawing.setColor(Color.GRAY);
        drawing.fillRect(0, 0, 96, 64);
        drawing.setColor(colour);
        drawing.fillRect(left, top, 20, 20);
        drawing.dispose();
        return image;
    }

    /** Runs a command where nothing else can be had from; {@code S}, {@code M}, {@code B}, {@code O} are the files. */
    Ran sapper(String command, Object... more) {
        List<Object> words = new ArrayList<>();
        for (String word : command.split(" ", -1)) {
            words.add(
                    switch (word) {
                        case "S" -> scenes;
                        case "M" -> detector;
                        case "B" -> backbone;
                        case "O" -> out;
                        default -> word;
                    });
        }
        words.addAll(List.of(more));
        return Ran.sapper(Ran.nowhere(folder), words.toArray());
    }
}
