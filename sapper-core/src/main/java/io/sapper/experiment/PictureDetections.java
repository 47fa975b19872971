package io.sapper.experiment;

import io.sapper.data.Output;
import io.sapper.data.detection.BoxDrawing;
import io.sapper.data.detection.Canvas;
import io.sapper.data.detection.Detection;
import io.sapper.data.detection.Scene;
import io.sapper.data.image.Picture;
import io.sapper.network.Compute;
import io.sapper.network.Network;
import io.sapper.network.detection.Detecting;
import io.sapper.network.detection.DetectorFile;
import io.sapper.result.FoundSigns;
import io.sapper.training.Progress;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import javax.imageio.ImageIO;

/** The job of {@code sapper detect}: any pictures, one after the other, and copies of them with boxes. */
public final class PictureDetections {
    private static final float JPEG_QUALITY = 0.92f;

    private PictureDetections() {}

    /**
     * A picture, and where its copy goes.
     *
     * @param file to be read
     * @param drawn to be written; a JPEG file if its name ends in {@code .jpg}, else PNG
     */
    public record Copy(Path file, Path drawn) {}

    /** Throws {@code IllegalArgumentException} for a least score that is none. */
    public static void checkScore(double minScore) {
        if (!(minScore >= 0 && minScore <= 1)) {
            throw new IllegalArgumentException(
                    "The least score (--min-score) must be a fraction in [0, 1], not " + minScore + ".");
        }
    }

    /**
     * Looks at all of them and writes the copies.
     *
     * @param minScore boxes less sure than that are left out, in [0, 1]
     * @return what was found in each
     * @throws io.sapper.data.MalformedFileException if a picture cannot be read; copies of those before it are there
     * @throws CancellationException if the thread is interrupted; its flag stays set
     */
    public static List<FoundSigns.Picture> look(
            DetectorFile detector, List<Copy> copies, double minScore, Compute compute, Progress progress)
            throws IOException {
        checkScore(minScore);
        List<FoundSigns.Picture> pictures = new ArrayList<>();
        try (Network network = Network.of(detector.detector().graph(), compute)) {
            for (Copy copy : copies) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new CancellationException("Looking for signs was interrupted.");
                }
                pictures.add(look(network, detector, copy, minScore));
                progress.step(pictures.size(), copies.size());
            }
        }
        return List.copyOf(pictures);
    }

    private static FoundSigns.Picture look(Network network, DetectorFile detector, Copy copy, double minScore)
            throws IOException {
        Picture picture = Picture.read(copy.file()).onWhite();
        String name = copy.file().toString();
        Scene scene = new Scene(copy.file(), name, picture.height(), picture.width(), name, List.of());
        Canvas canvas = detector.detector().canvas();
        List<Detection> found = Detecting.of(network, canvas.pixels(picture), scene, canvas).stream()
                .filter(one -> one.score() >= minScore)
                .toList();
        write(BoxDrawing.on(picture, found, detector.classes()), copy.drawn());
        return new FoundSigns.Picture(
                name,
                String.valueOf(copy.drawn().getFileName()),
                picture.height(),
                picture.width(),
                found.stream()
                        .map(one -> new FoundSigns.Sign(detector.classes().get(one.label()), one.score(), one.box()))
                        .toList());
    }

    private static void write(BufferedImage drawn, Path file) throws IOException {
        if (file.toString().endsWith(".jpg")) {
            Output.replace(file, Jpeg.bytes(drawn, JPEG_QUALITY));
            return;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(drawn, "png", bytes);
        Output.replace(file, bytes.toByteArray());
    }
}
