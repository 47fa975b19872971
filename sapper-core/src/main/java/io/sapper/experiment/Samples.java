package io.sapper.experiment;

import io.sapper.data.Dataset;
import io.sapper.data.image.Pictures;
import io.sapper.poison.TriggeredSet;
import io.sapper.result.Sample;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/** Some test images and what each network says of them: the first of each class, so nothing is picked for its looks. */
final class Samples {
    private static final int MOST = 10;

    private Samples() {}

    /** One sample of each of the first classes; {@code evaluations} by network, in the order in which to show them. */
    static List<Sample> of(Task task, Map<String, Evaluation> evaluations) {
        List<Sample> samples = new ArrayList<>();
        int classes = task.test().classCount();
        for (int label = 0; label < classes && samples.size() < MOST; label++) {
            int at = first(task, label);
            if (at >= 0) {
                samples.add(sample(task, at, evaluations));
            }
        }
        return samples;
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
                        test.classNames().get(seen.clean(index)),
                        triggered == null ? null : test.classNames().get(seen.triggered(at)))));
        return new Sample(
                index,
                test.classNames().get(test.label(index)),
                png(test, index),
                triggered == null ? null : png(triggered.data(), at),
                predictions);
    }

    private static String png(Dataset data, int index) {
        BufferedImage image = Pictures.picture(data.image(index), 0, data.shape());
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(image, "png", out);
            return Base64.getEncoder().encodeToString(out.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
