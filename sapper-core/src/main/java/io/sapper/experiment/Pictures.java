package io.sapper.experiment;

import io.sapper.data.Dataset;
import io.sapper.data.audio.Recordings;
import io.sapper.poison.TriggeredSet;
import io.sapper.result.Attack;
import io.sapper.result.Measurement;
import io.sapper.result.Sample;
import io.sapper.result.Samples;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** Test images and what each network says of them, and the trigger itself, as pictures. */
final class Pictures {
    private static final int MOST = 10;

    private Pictures() {}

    /**
     * The first image of each of the worst classes: those on which the last network errs most, on clean and on
     * triggered images. Classes that it serves alike stand in their order.
     *
     * @param evaluations by network, in the order in which to show them
     * @param last what the last of them does
     */
    static Samples samples(Task task, Map<String, Evaluation> evaluations, Measurement last) {
        List<Sample> samples = new ArrayList<>();
        for (int label : worstFirst(last)) {
            int at = first(task, label);
            if (at >= 0 && samples.size() < MOST) {
                samples.add(sample(task, at, evaluations));
            }
        }
        return new Samples(
                samples.size() < task.test().classCount()
                        ? "The " + shown(task.test())
                                + " of each of the classes that the last network serves worst, worst first."
                        : "The " + shown(task.test())
                                + " of each class, the class that the last network serves worst first.",
                samples);
    }

    /** What a picture of a sample shows. */
    private static String shown(Dataset test) {
        return test.samples() instanceof Recordings
                ? "spectrogram (time to the right, low frequencies at the bottom) of the first test recording"
                : "first test image";
    }

    private static List<Integer> worstFirst(Measurement last) {
        return IntStream.range(0, last.classes().size())
                .boxed()
                .sorted(Comparator.comparingDouble(
                        (Integer label) -> -harm(last.classes().get(label))))
                .toList();
    }

    /** Share of the class's images that are taken wrongly or as the attacker wants. */
    private static double harm(Measurement.ClassRow row) {
        double wrong =
                row.cleanAccuracy().total() == 0 ? 0 : 1 - row.cleanAccuracy().value();
        double obeyed = row.attackSuccessRate().total() == 0
                ? 0
                : row.attackSuccessRate().value();
        return wrong + obeyed;
    }

    /** The first triggered image beside the same without the trigger, and where they differ. */
    static List<Attack.Picture> trigger(Task task) {
        TriggeredSet triggered = task.triggered();
        if (triggered == null || triggered.data().size() == 0) {
            return List.of();
        }
        Dataset test = task.test();
        int clean = triggered.indices()[0];
        return List.of(
                new Attack.Picture(
                        test.samples() instanceof Recordings ? "Spectrogram of a test recording" : "A test image",
                        png(test, clean)),
                new Attack.Picture("with the trigger", png(triggered.data(), 0)),
                new Attack.Picture("what the trigger changes", png(changed(test, clean, triggered.data()), 0)));
    }

    /** The triggered pixels where they differ from the clean ones, black elsewhere. */
    private static Dataset changed(Dataset test, int clean, Dataset triggered) {
        byte[] before = test.image(clean);
        byte[] after = triggered.image(0);
        int area = test.shape().height() * test.shape().width();
        byte[] shown = new byte[after.length];
        for (int i = 0; i < area; i++) {
            boolean differs = false;
            for (int at = i; at < after.length; at += area) {
                differs |= before[at] != after[at];
            }
            for (int at = i; differs && at < after.length; at += area) {
                shown[at] = after[at];
            }
        }
        return new Dataset("trigger", test.shape(), shown, new int[1], test.classNames());
    }

    /** Position of the first image of a class: in the triggered set where there is one, else in the test set. */
    private static int first(Task task, int label) {
        TriggeredSet triggered = task.triggered();
        Dataset data = triggered == null ? task.test() : triggered.data();
        for (int i = 0; i < data.size(); i++) {
            if (data.label(i) == label) {
                return i;
            }
        }
        return -1;
    }

    private static Sample sample(Task task, int at, Map<String, Evaluation> evaluations) {
        TriggeredSet triggered = task.triggered();
        Dataset test = task.test();
        int index = triggered == null ? at : triggered.indices()[at];
        Map<String, Sample.Prediction> predictions = new LinkedHashMap<>();
        evaluations.forEach((network, seen) -> predictions.put(
                network,
                new Sample.Prediction(
                        name(test, seen.clean(index)), triggered == null ? null : name(test, seen.triggered(at)))));
        return new Sample(
                index,
                test.classNames().get(test.label(index)),
                png(test, index),
                triggered == null ? null : png(triggered.data(), at),
                predictions);
    }

    static String name(Dataset test, int label) {
        return label < 0 ? "none (scores are not finite)" : test.classNames().get(label);
    }

    static String png(Dataset data, int index) {
        BufferedImage image = io.sapper.data.image.Pictures.picture(data.image(index), 0, data.shape());
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(image, "png", out);
            return Base64.getEncoder().encodeToString(out.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
