package io.sapper.experiment;

import io.sapper.data.MalformedFileException;
import io.sapper.data.Output;
import io.sapper.data.detection.BoxDrawing;
import io.sapper.data.detection.Canvas;
import io.sapper.data.detection.Detection;
import io.sapper.data.detection.Scene;
import io.sapper.data.image.Picture;
import io.sapper.data.image.PictureSize;
import io.sapper.network.Compute;
import io.sapper.network.Engine;
import io.sapper.network.Network;
import io.sapper.network.Workers;
import io.sapper.network.detection.Detecting;
import io.sapper.network.detection.DetectorFile;
import io.sapper.result.FoundSigns;
import io.sapper.training.Progress;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** The job of {@code sapper detect}: any pictures, and copies of them with boxes. */
public final class PictureDetections {
    private static final float JPEG_QUALITY = 0.92f;

    /**
     * Millions of pixels that are in memory at the same time, decoded and drawn on: as many as one picture may have.
     */
    private static final int ROOM = 100;

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
     * Looks at all of them and writes the copies: as many at the same time as there are threads, each on one thread of
     * libtorch, so that boxes and scores do not depend on how many there are.
     *
     * @param minScore boxes less sure than that are left out, in [0, 1]
     * @return what was found in each; pictures that cannot be read are left out and named
     * @throws IOException if a copy cannot be written; of those before it there are copies
     * @throws CancellationException if the thread is interrupted; its flag stays set
     */
    public static Looked look(
            DetectorFile detector, List<Copy> copies, double minScore, Compute compute, Progress progress)
            throws IOException {
        checkScore(minScore);
        int threadsBefore = Engine.threads();
        int threads = compute == Compute.CPU ? Math.max(1, Math.min(threadsBefore, copies.size())) : 1;
        Queue<Network> networks = new ConcurrentLinkedQueue<>();
        try (Workers workers = new Workers(threads);
                Network network = Network.of(detector.detector().graph(), compute)) {
            Engine.threads(1);
            while (networks.size() < threads) {
                networks.add(network.replica());
            }
            return look(
                    workers,
                    copies,
                    copy -> {
                        Network own = networks.remove();
                        try {
                            return look(own, detector, copy, minScore);
                        } finally {
                            networks.add(own);
                        }
                    },
                    progress);
        } finally {
            networks.forEach(Network::close);
            Engine.threads(threadsBefore);
        }
    }

    /**
     * What came of it.
     *
     * @param pictures that were looked at, in their order
     * @param unread the others
     */
    public record Looked(List<FoundSigns.Picture> pictures, List<FoundSigns.Unread> unread) {
        public Looked {
            pictures = List.copyOf(pictures);
            unread = List.copyOf(unread);
        }
    }

    /** Looks at one picture. */
    private interface Look {
        FoundSigns.Picture at(Copy copy) throws IOException;
    }

    /** Begins them in their order, and no further one once something has failed that is not a picture's fault. */
    private static Looked look(Workers workers, List<Copy> copies, Look look, Progress progress) throws IOException {
        Thread caller = Thread.currentThread();
        AtomicReferenceArray<FoundSigns.Picture> pictures = new AtomicReferenceArray<>(copies.size());
        AtomicReferenceArray<FoundSigns.Unread> unread = new AtomicReferenceArray<>(copies.size());
        AtomicInteger done = new AtomicInteger();
        AtomicBoolean failed = new AtomicBoolean();
        Semaphore room = new Semaphore(ROOM);
        try {
            workers.run(copies.size(), at -> {
                if (failed.get()) {
                    return;
                }
                try {
                    if (caller.isInterrupted()) {
                        throw new CancellationException("Looking for signs was interrupted.");
                    }
                    Copy copy = copies.get(at);
                    int size = megapixels(copy.file());
                    room.acquireUninterruptibly(size);
                    try {
                        pictures.set(at, look.at(copy));
                    } finally {
                        room.release(size);
                    }
                } catch (MalformedFileException e) {
                    unread.set(
                            at,
                            new FoundSigns.Unread(copies.get(at).file().toString(), String.valueOf(e.getMessage())));
                } catch (IOException e) {
                    failed.set(true);
                    throw new UncheckedIOException(e);
                } catch (RuntimeException | Error e) {
                    failed.set(true);
                    throw e;
                }
                int count = done.incrementAndGet();
                if (Thread.currentThread() == caller) {
                    progress.step(count, copies.size());
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        progress.step(copies.size(), copies.size());
        return new Looked(all(pictures), all(unread));
    }

    private static <T> List<T> all(AtomicReferenceArray<T> some) {
        return IntStream.range(0, some.length())
                .mapToObj(some::get)
                .filter(Objects::nonNull)
                .toList();
    }

    private static int megapixels(Path file) throws IOException {
        PictureSize size = PictureSize.of(file);
        return (int) Math.min(ROOM, 1 + (long) size.height() * size.width() / 1_000_000);
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
