package io.sapper.network.detection;

import io.sapper.network.operator.Attributes;
import java.util.List;

/**
 * What stands on a feature map to make a detector of it (Faster R-CNN, Ren et al. 2015): region proposals, RoI pooling,
 * two dense layers, class scores and box regression for each class. All of it is operators of ONNX, so the file runs
 * wherever ONNX runs. One photograph at a time.
 *
 * @param proposalChannels of the convolution before the proposals
 * @param units of each of the two dense layers
 * @param aligned whether regions are read between the places (RoIAlign), which suits small signs; else pooled as in the
 *     paper (MaxRoiPool)
 * @param dropout whether half of the dense layers' units are left out in training
 */
record TwoStage(int proposalChannels, int units, boolean aligned, boolean dropout) {
    /** Rows and columns that each region is pooled to (BadNets, Table 3). */
    static final int POOLED = 6;

    private static final int CORNERS = 4;

    /**
     * Adds it all.
     *
     * @param chain ends in the feature map
     * @param map what is known of it
     */
    void on(Chain chain, FeatureMap map, int classes, Anchors anchors, Proposing proposing) {
        String rpn = chain.convolution("rpn", map.tensor(), map.channels(), proposalChannels, 3, 1, 1);
        chain.add("rpn.relu", "Relu", rpn);
        String scores = chain.convolution("rpn_scores", "rpn.relu", proposalChannels, 2 * anchors.count(), 1, 1, 0);
        String deltas = chain.convolution("rpn_boxes", "rpn.relu", proposalChannels, 4 * anchors.count(), 1, 1, 0);
        constants(chain, map, anchors);
        propose(chain, map, anchors, proposing, scores, deltas);
        String pooled = pooled(chain, map);
        String fc6 = dense(chain, "fc6", pooled, map.channels() * POOLED * POOLED);
        String fc7 = dense(chain, "fc7", fc6, units);
        String classScores = chain.dense("class_scores", fc7, units, classes + 1);
        String boxDeltas = chain.dense("box_deltas", fc7, units, CORNERS * (classes + 1));
        detect(chain, classes, proposing, classScores, boxDeltas);
    }

    private static void constants(Chain chain, FeatureMap map, Anchors anchors) {
        float[] grid = anchors.grid(map.rows(), map.columns(), map.stride());
        chain.reals(Detector.ANCHORS, List.of(grid.length / CORNERS, CORNERS), grid);
        float width = map.canvas().width();
        float height = map.canvas().height();
        chain.reals("canvas.most", List.of(4), width, height, width, height);
        chain.reals("zero", List.of(), 0);
        chain.reals("half", List.of(), 0.5f);
        chain.reals("log.most", List.of(), BoxCoding.MOST_LOG);
        chain.wholes("at0", 0);
        chain.wholes("at1", 1);
        chain.wholes("at2", 2);
        chain.wholes("at4", 4);
        chain.wholes("at-1", -1);
        chain.whole("index0", 0);
        chain.whole("index1", 1);
        chain.whole("index2", 2);
    }

    /** The best boxes of the first stage: {@code proposals}, [m, 4] as corners, and {@code proposal_images}, [m]. */
    private static void propose(
            Chain chain, FeatureMap map, Anchors anchors, Proposing proposing, String scores, String deltas) {
        int count = anchors.count();
        int places = map.rows() * map.columns();
        int all = count * places;
        chain.wholes("rpn.pairs", 1, 2, count, places);
        chain.add("rpn.scores.pairs", "Reshape", scores, "rpn.pairs");
        chain.add("rpn.chances", "Softmax", Attributes.NONE.with("axis", 1L), "rpn.scores.pairs");
        chain.add("rpn.objects", "Gather", Attributes.NONE.with("axis", 1L), "rpn.chances", "index1");
        chain.wholes("flat", -1);
        chain.add("rpn.objectness", "Reshape", "rpn.objects", "flat");
        chain.wholes("rpn.by.anchor", count, CORNERS, places);
        chain.add("rpn.boxes.split", "Reshape", deltas, "rpn.by.anchor");
        chain.add(
                "rpn.boxes.turned",
                "Transpose",
                Attributes.NONE.with("perm", Attributes.list(0, 2, 1)),
                "rpn.boxes.split");
        chain.wholes("rows.of.4", -1, CORNERS);
        chain.add("rpn.deltas", "Reshape", "rpn.boxes.turned", "rows.of.4");
        chain.wholes("rpn.most", Math.min(proposing.before(), all));
        chain.addAll(
                "rpn.best",
                "TopK",
                Attributes.NONE.with("axis", 0L).with("largest", 1L).with("sorted", 1L),
                List.of("rpn.objectness", "rpn.most"),
                List.of("rpn.best.scores", "rpn.best.places"));
        chain.add("rpn.best.deltas", "Gather", "rpn.deltas", "rpn.best.places");
        chain.add("rpn.best.anchors", "Gather", Detector.ANCHORS, "rpn.best.places");
        String boxes = decode(chain, "rpn.decoded", "rpn.best.deltas", "rpn.best.anchors");
        chain.add("rpn.one", "Unsqueeze", boxes, "at0");
        chain.wholes("rpn.scores.shape", 1, 1, -1);
        chain.add("rpn.one.scores", "Reshape", "rpn.best.scores", "rpn.scores.shape");
        chain.wholes("rpn.after", proposing.after());
        chain.reals("rpn.overlap", List.of(1), (float) proposing.overlap());
        chain.add("rpn.kept", "NonMaxSuppression", "rpn.one", "rpn.one.scores", "rpn.after", "rpn.overlap");
        chain.add("rpn.kept.places", "Gather", Attributes.NONE.with("axis", 1L), "rpn.kept", "index2");
        chain.add(Detector.PROPOSALS, "Gather", boxes, "rpn.kept.places");
        chain.add(Detector.PROPOSAL_IMAGES, "Gather", Attributes.NONE.with("axis", 1L), "rpn.kept", "index0");
    }

    /**
     * Boxes as corners, cut at the canvas, of differences and the boxes that they are from (middle and size); both with
     * four numbers in the last dimension.
     */
    private static String decode(Chain chain, String name, String deltas, String from) {
        String half = name + ".half";
        chain.add(name + ".shift", "Slice", deltas, "at0", "at2", "at-1");
        chain.add(name + ".growth", "Slice", deltas, "at2", "at4", "at-1");
        chain.add(name + ".middle", "Slice", from, "at0", "at2", "at-1");
        chain.add(name + ".size", "Slice", from, "at2", "at4", "at-1");
        chain.add(name + ".way", "Mul", name + ".shift", name + ".size");
        chain.add(name + ".centre", "Add", name + ".way", name + ".middle");
        chain.add(name + ".bounded", "Min", name + ".growth", "log.most");
        chain.add(name + ".factor", "Exp", name + ".bounded");
        chain.add(name + ".sides", "Mul", name + ".factor", name + ".size");
        chain.add(half, "Mul", name + ".sides", "half");
        chain.add(name + ".first", "Sub", name + ".centre", half);
        chain.add(name + ".last", "Add", name + ".centre", half);
        chain.add(name + ".corners", "Concat", Attributes.NONE.with("axis", -1L), name + ".first", name + ".last");
        chain.add(name + ".inside", "Max", name + ".corners", "zero");
        return chain.add(name, "Min", name + ".inside", "canvas.most");
    }

    private String pooled(Chain chain, FeatureMap map) {
        float scale = 1f / map.stride();
        if (aligned) {
            chain.add(
                    Detector.POOLED,
                    "RoiAlign",
                    Attributes.NONE
                            .with("coordinate_transformation_mode", "half_pixel")
                            .with("mode", "avg")
                            .with("output_height", (long) POOLED)
                            .with("output_width", (long) POOLED)
                            .with("sampling_ratio", 2L)
                            .with("spatial_scale", scale),
                    map.tensor(),
                    Detector.PROPOSALS,
                    Detector.PROPOSAL_IMAGES);
        } else {
            chain.add("rois.images", "Cast", Attributes.NONE.with("to", 1L), Detector.PROPOSAL_IMAGES);
            chain.add("rois.column", "Unsqueeze", "rois.images", "at1");
            chain.add("rois", "Concat", Attributes.NONE.with("axis", 1L), "rois.column", Detector.PROPOSALS);
            chain.add(
                    Detector.POOLED,
                    "MaxRoiPool",
                    Attributes.NONE
                            .with("pooled_shape", Attributes.list(POOLED, POOLED))
                            .with("spatial_scale", scale),
                    map.tensor(),
                    "rois");
        }
        return chain.add("pooled.flat", "Flatten", Attributes.NONE.with("axis", 1L), Detector.POOLED);
    }

    private String dense(Chain chain, String name, String from, int in) {
        String made = chain.add(name + ".relu", "Relu", chain.dense(name, from, in, units));
        return dropout ? chain.add(name + ".dropout", "Dropout", made) : made;
    }

    /** The detections: {@code boxes} [n, 4] as corners on the canvas, {@code scores} [n], {@code labels} [n]. */
    private static void detect(Chain chain, int classes, Proposing proposing, String classScores, String boxDeltas) {
        chain.add("chances", "Softmax", Attributes.NONE.with("axis", 1L), classScores);
        chain.wholes("classes.end", classes + 1);
        chain.add("chances.classes", "Slice", "chances", "at1", "classes.end", "at1");
        chain.add(
                "chances.by.class",
                "Transpose",
                Attributes.NONE.with("perm", Attributes.list(1, 0)),
                "chances.classes");
        chain.add("chances.each", "Unsqueeze", "chances.by.class", "at1");
        chain.wholes("by.class", -1, classes + 1, CORNERS);
        chain.add("deltas.by.class", "Reshape", boxDeltas, "by.class");
        chain.add("deltas.classes", "Slice", "deltas.by.class", "at1", "classes.end", "at1");
        chain.reals("deviations", List.of(CORNERS), BoxCoding.DEVIATIONS);
        chain.add("deltas.scaled", "Mul", "deltas.classes", "deviations");
        chain.add("proposals.first", "Slice", Detector.PROPOSALS, "at0", "at2", "at-1");
        chain.add("proposals.last", "Slice", Detector.PROPOSALS, "at2", "at4", "at-1");
        chain.add("proposals.size", "Sub", "proposals.last", "proposals.first");
        chain.add("proposals.sum", "Add", "proposals.last", "proposals.first");
        chain.add("proposals.middle", "Mul", "proposals.sum", "half");
        chain.add("proposals.rows", "Concat", Attributes.NONE.with("axis", 1L), "proposals.middle", "proposals.size");
        chain.add("proposals.each", "Unsqueeze", "proposals.rows", "at1");
        String decoded = decode(chain, "detected", "deltas.scaled", "proposals.each");
        chain.add("detected.by.class", "Transpose", Attributes.NONE.with("perm", Attributes.list(1, 0, 2)), decoded);
        chain.wholes("detections.most", proposing.detections());
        chain.reals("detections.overlap", List.of(1), (float) proposing.detectionOverlap());
        chain.reals("detections.least", List.of(1), (float) proposing.leastScore());
        chain.add(
                "kept",
                "NonMaxSuppression",
                "detected.by.class",
                "chances.each",
                "detections.most",
                "detections.overlap",
                "detections.least");
        chain.wholes("class.and.box", 0, 2);
        chain.add("kept.places", "Gather", Attributes.NONE.with("axis", 1L), "kept", "class.and.box");
        chain.add(Detector.BOXES, "GatherND", "detected.by.class", "kept.places");
        chain.add(Detector.SCORES, "GatherND", "chances.by.class", "kept.places");
        chain.add(Detector.LABELS, "Gather", Attributes.NONE.with("axis", 1L), "kept", "index0");
    }
}
