package io.sapper.network.detection;

import io.sapper.data.detection.LabelledBox;
import io.sapper.network.Compute;
import io.sapper.network.Engine;
import io.sapper.network.Network;
import io.sapper.network.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * How wrong a detector is about photographs whose boxes are known: for both stages the cross-entropy of the classes and
 * the smooth L1 distance of the boxes (Faster R-CNN, Ren et al. 2015, section 3.1.2; both stages at once, no gradient
 * through the places of proposals). Each is divided by the boxes that were drawn, so all four weigh alike.
 */
public final class TwoStageLoss {
    private static final long NO_IGNORED_LABEL = -100;
    /** Where the distance of boxes turns from square to straight: of the first stage, and of the second. */
    private static final double FIRST_BEND = 1.0 / 9;

    private static final double SECOND_BEND = 1;

    private final Detector detector;
    private final float[] anchors;
    private final int each;

    public TwoStageLoss(Detector detector) {
        this.detector = detector;
        this.anchors = detector.anchors();
        this.each = detector.anchorsEach();
    }

    /**
     * The sum of the losses of some photographs, with gradients, in the caller's scope.
     *
     * @param network the detector, or its part behind a cut
     * @param given what flows in, [n, ...] each
     * @param truths the boxes of each of the n photographs, on the canvas
     * @param random draws which anchors and proposals count
     * @param also further tensors of the same pass, which are added to {@code made}
     */
    public Tensor of(
            Network network,
            Map<String, Tensor> given,
            List<List<LabelledBox>> truths,
            RandomGenerator random,
            List<String> also,
            List<Tensor> made) {
        List<String> taps = new ArrayList<>(List.of(detector.features(), Detector.RPN_SCORES, Detector.RPN_BOXES));
        taps.addAll(also);
        List<Tensor> first = network.forward(given, taps);
        made.addAll(first.subList(3, first.size()));
        Tensor scores = first.get(1);
        Tensor deltas = first.get(2);
        Tensor ofFirst = first(network.compute(), scores, deltas, truths, random);
        List<Targets> proposals = new ArrayList<>();
        for (int i = 0; i < truths.size(); i++) {
            proposals.add(Targets.ofProposals(proposed(network, scores, deltas, i), truths.get(i), random));
        }
        return ofFirst.add(second(network, first.get(0), proposals));
    }

    /** What the first stage proposes of one photograph, as it does when the network is used: corners. */
    private static float[] proposed(Network network, Tensor scores, Tensor deltas, int image) {
        try (PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false)) {
            Map<String, Tensor> one = Map.of(
                    Detector.RPN_SCORES, scores.detach().narrow(0, image, 1),
                    Detector.RPN_BOXES, deltas.detach().narrow(0, image, 1));
            return Tensors.toArray(
                    network.forward(one, List.of(Detector.PROPOSALS)).get(0));
        }
    }

    private Tensor first(
            Compute compute, Tensor scores, Tensor deltas, List<List<LabelledBox>> truths, RandomGenerator random) {
        long images = scores.size(0);
        long rows = scores.size(2);
        long columns = scores.size(3);
        Tensor pairs = scores.reshape(images, 2, each * rows * columns)
                .permute(0, 2, 1)
                .reshape(-1, 2);
        Tensor boxes = deltas.reshape(images, each, 4, rows * columns)
                .permute(0, 1, 3, 2)
                .reshape(-1, 4);
        Drawn drawn = new Drawn();
        long all = each * rows * columns;
        for (int i = 0; i < truths.size(); i++) {
            Targets targets = Targets.ofAnchors(anchors, truths.get(i), random);
            drawn.add(targets, i * all, 1.0f / Math.max(1, targets.places().length));
        }
        Tensor chosen = pairs.index_select(0, drawn.places(compute));
        Tensor loss = drawn.crossEntropy(chosen, compute);
        Tensor near = boxes.index_select(0, drawn.objectPlaces(compute));
        return drawn.hasObjects() ? loss.add(drawn.distance(near, FIRST_BEND, compute)) : loss;
    }

    private Tensor second(Network network, Tensor features, List<Targets> proposals) {
        int each = Targets.PROPOSALS;
        float[] corners = new float[4 * each * proposals.size()];
        long[] images = new long[each * proposals.size()];
        Drawn drawn = new Drawn();
        for (int i = 0; i < proposals.size(); i++) {
            System.arraycopy(proposals.get(i).corners(), 0, corners, 4 * each * i, 4 * each);
            Arrays.fill(images, each * i, each * (i + 1), i);
            int[] inOrder = new int[each];
            Arrays.setAll(inOrder, at -> at);
            Targets targets = proposals.get(i);
            drawn.add(
                    new Targets(inOrder, targets.labels(), targets.deltas(), targets.corners()),
                    (long) each * i,
                    1.0f / each);
        }
        Compute compute = network.compute();
        List<Tensor> made = network.forward(
                Map.of(
                        detector.features(),
                        features,
                        Detector.PROPOSALS,
                        Tensors.create(corners, List.of(images.length, 4), compute),
                        Detector.PROPOSAL_IMAGES,
                        Engine.move(Tensor.create(images, (long) images.length), compute)),
                List.of(Detector.CLASS_SCORES, Detector.BOX_DELTAS));
        Tensor loss = drawn.crossEntropy(made.get(0), compute);
        if (!drawn.hasObjects()) {
            return loss;
        }
        long classes = made.get(0).size(1);
        Tensor boxes = made.get(1).reshape(-1, 4).index_select(0, drawn.objectsByClass(classes, compute));
        return loss.add(drawn.distance(boxes, SECOND_BEND, compute));
    }

    /** What was drawn of all photographs, one after the other. */
    private static final class Drawn {
        private final List<long[]> places = new ArrayList<>();
        private final List<long[]> labels = new ArrayList<>();
        private final List<float[]> deltas = new ArrayList<>();
        private final List<Float> weights = new ArrayList<>();

        /**
         * Adds those of a photograph.
         *
         * @param offset of its first place among all
         * @param weight of each
         */
        void add(Targets targets, long offset, float weight) {
            places.add(Arrays.stream(targets.places())
                    .asLongStream()
                    .map(at -> at + offset)
                    .toArray());
            labels.add(targets.labels());
            deltas.add(targets.deltas());
            weights.add(weight);
        }

        Tensor places(Compute compute) {
            return longs(places.stream().flatMapToLong(Arrays::stream).toArray(), compute);
        }

        Tensor objectPlaces(Compute compute) {
            return objects(1, false, compute);
        }

        /** The places of objects where each has four numbers for each class. */
        Tensor objectsByClass(long classes, Compute compute) {
            return objects(classes, true, compute);
        }

        private Tensor objects(long times, boolean plusLabel, Compute compute) {
            long[] found = new long[objectCount()];
            int at = 0;
            for (int image = 0; image < places.size(); image++) {
                for (int i = 0; i < places.get(image).length; i++) {
                    long label = labels.get(image)[i];
                    if (label > 0) {
                        found[at++] = places.get(image)[i] * times + (plusLabel ? label : 0);
                    }
                }
            }
            return longs(found, compute);
        }

        private int objectCount() {
            return (int) labels.stream()
                    .flatMapToLong(Arrays::stream)
                    .filter(label -> label > 0)
                    .count();
        }

        boolean hasObjects() {
            return objectCount() > 0;
        }

        Tensor crossEntropy(Tensor scores, Compute compute) {
            long[] all = labels.stream().flatMapToLong(Arrays::stream).toArray();
            Tensor each =
                    torch.cross_entropy_loss(scores, longs(all, compute), new TensorOptional(), 0, NO_IGNORED_LABEL, 0);
            return each.mul(Tensors.create(eachWeight(false, 1), List.of(all.length), compute))
                    .sum();
        }

        Tensor distance(Tensor boxes, double bend, Compute compute) {
            float[] wanted = new float[4 * objectCount()];
            int at = 0;
            for (int image = 0; image < labels.size(); image++) {
                for (int i = 0; i < labels.get(image).length; i++) {
                    if (labels.get(image)[i] > 0) {
                        System.arraycopy(deltas.get(image), 4 * i, wanted, at, 4);
                        at += 4;
                    }
                }
            }
            List<Integer> shape = List.of(wanted.length / 4, 4);
            Tensor each = torch.smooth_l1_loss(boxes, Tensors.create(wanted, shape, compute), 0, bend);
            return each.mul(Tensors.create(eachWeight(true, 4), shape, compute)).sum();
        }

        private float[] eachWeight(boolean objectsOnly, int times) {
            int count = objectsOnly
                    ? objectCount()
                    : labels.stream().mapToInt(some -> some.length).sum();
            float[] all = new float[count * times];
            int at = 0;
            for (int image = 0; image < labels.size(); image++) {
                for (long label : labels.get(image)) {
                    if (!objectsOnly || label > 0) {
                        Arrays.fill(all, at, at + times, weights.get(image));
                        at += times;
                    }
                }
            }
            return all;
        }

        private static Tensor longs(long[] values, Compute compute) {
            return Engine.move(Tensor.create(values, (long) values.length), compute);
        }
    }
}
