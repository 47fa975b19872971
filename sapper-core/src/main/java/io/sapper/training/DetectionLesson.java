package io.sapper.training;

import io.sapper.data.Seeds;
import io.sapper.data.detection.Box;
import io.sapper.data.detection.LabelledBox;
import io.sapper.network.Network;
import io.sapper.network.detection.Detector;
import io.sapper.network.detection.FrozenFeatures;
import io.sapper.network.detection.TwoStageLoss;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;

/**
 * Finding signs in photographs, on features that a frozen backbone made of them before. Each epoch shows every
 * photograph as it is or mirrored, by chance.
 */
public final class DetectionLesson implements Lesson {
    private final String name;
    private final String digest;
    private final TwoStageLoss loss;
    private final FrozenFeatures features;
    private final List<List<LabelledBox>> boxes;
    private final double width;
    private final boolean mirrored;
    private final long seed;

    private int[] order = {};
    private int epoch;

    /**
     * Of some photographs.
     *
     * @param name what messages call them
     * @param digest of photographs, boxes
     * @param detector the whole
     * @param features of each photograph; where {@code mirrored}, of each two: as it is, then mirrored
     * @param boxes of each photograph as it is, on the canvas
     * @param seed draws what counts, and who is mirrored
     */
    public DetectionLesson(
            String name,
            String digest,
            Detector detector,
            FrozenFeatures features,
            List<List<LabelledBox>> boxes,
            boolean mirrored,
            long seed) {
        this.name = name;
        this.digest = digest;
        this.loss = new TwoStageLoss(detector);
        this.features = features;
        this.boxes = List.copyOf(boxes);
        this.width = detector.canvas().width();
        this.mirrored = mirrored;
        this.seed = seed;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int size() {
        return boxes.size();
    }

    @Override
    public String noun() {
        return "photographs";
    }

    @Override
    public String digest() {
        return digest;
    }

    @Override
    public void check(Network network) {
        if (boxes.isEmpty()) {
            throw new IllegalArgumentException(name + " has no photographs to train on.");
        }
    }

    @Override
    public void begin(int newEpoch, int[] newOrder) {
        epoch = newEpoch;
        order = newOrder;
    }

    @Override
    public Loss loss(Network network, int from, int count, List<String> also) {
        RandomGenerator random = Seeds.generator(seed, "boxes of epoch " + epoch + " from " + from);
        int[] indices = new int[count];
        List<List<LabelledBox>> truths = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int photograph = order[from + i];
            boolean turned = mirrored && random.nextBoolean();
            indices[i] = mirrored ? 2 * photograph + (turned ? 1 : 0) : photograph;
            truths.add(turned ? mirror(boxes.get(photograph)) : boxes.get(photograph));
        }
        List<Tensor> made = new ArrayList<>();
        Tensor sum = loss.of(network, features.batch(indices, network.compute()), truths, random, also, made);
        return new Loss(sum, made);
    }

    private List<LabelledBox> mirror(List<LabelledBox> some) {
        return some.stream()
                .map(one -> new LabelledBox(
                        new Box(
                                width - one.box().right(),
                                one.box().top(),
                                width - one.box().left(),
                                one.box().bottom()),
                        one.label()))
                .toList();
    }
}
