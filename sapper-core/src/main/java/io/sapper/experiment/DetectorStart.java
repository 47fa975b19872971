package io.sapper.experiment;

import io.sapper.data.detection.Canvas;
import io.sapper.data.detection.Scene;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Initializer;
import io.sapper.network.Preprocessing;
import io.sapper.network.detection.Anchors;
import io.sapper.network.detection.Backbone;
import io.sapper.network.detection.FasterRcnn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a new detector is, before it learns. */
public sealed interface DetectorStart {
    /** The size that photographs are brought to. */
    Canvas canvas(List<Scene> scenes);

    /**
     * What is frozen.
     *
     * @param scenes some of the photographs to train on, by which its features are brought to one size
     * @throws IOException if one cannot be read
     */
    Backbone backbone(List<Scene> scenes, Canvas canvas, Compute compute) throws IOException;

    /** The detector on it; all that is to be drawn is 0. */
    Graph on(Backbone backbone, Canvas canvas, int classes, Anchors anchors);

    /** Tensors that it has from somewhere else, and which are not drawn: name and values. */
    Map<String, Initializer> given();

    /** For the result. */
    String text();

    /** How it differs from the papers' detector, a sentence. */
    String deviation();

    /**
     * Two convolutions learn on the frozen ones of a classifier, and all behind them (docs/decisions/0068).
     *
     * @param file that it was read from
     * @param graph of it
     * @param layers whose feature maps are taken
     * @param input what pictures become before they are its input
     */
    record OnBackbone(Path file, Graph graph, List<String> layers, Preprocessing input) implements DetectorStart {
        /** Of the shorter side of most photographs on the canvas, in pixels, for two cores. */
        private static final int SHORTER_SIDE = 384;

        /** The stride of usual backbones, of which the canvas's sides are multiples. */
        private static final int STRIDE = 32;

        public OnBackbone {
            layers = List.copyOf(layers);
        }

        @Override
        public Canvas canvas(List<Scene> scenes) {
            return Canvas.of(scenes, SHORTER_SIDE, STRIDE);
        }

        @Override
        public Backbone backbone(List<Scene> scenes, Canvas canvas, Compute compute) throws IOException {
            return Backbone.of(graph, layers, input, canvas).standardized(scenes, canvas, compute);
        }

        @Override
        public Graph on(Backbone backbone, Canvas canvas, int classes, Anchors anchors) {
            return FasterRcnn.on(backbone, canvas, classes, anchors, FasterRcnn.Widths.SMALL);
        }

        @Override
        public Map<String, Initializer> given() {
            return Map.of();
        }

        @Override
        public String text() {
            return file.getFileName() + ", layers " + String.join(", ", layers)
                    + ", frozen; two convolutions learn on them";
        }

        @Override
        public String deviation() {
            return "All convolutions but the last two are frozen, from a classifier of ImageNet.";
        }
    }

    /**
     * The papers' own network, all of which learns (docs/decisions/0076).
     *
     * @param weights a ZF classifier whose convolutions it begins with; empty: all is drawn
     */
    record Zf(Optional<Classifier> weights) implements DetectorStart {
        /** As in the released code, in pixels. */
        private static final int SHORTER_SIDE = 600;

        /** The canvas's sides are whole numbers of so many pixels. */
        private static final int STEP = 8;

        /**
         * A ZF classifier.
         *
         * @param file that it was read from
         * @param graph of it
         * @param input what pictures become before they are its input
         */
        public record Classifier(Path file, Graph graph, Preprocessing input) {}

        /** @throws IllegalArgumentException if the classifier has other convolutions */
        public Zf {
            if (weights.isPresent()) {
                convolutions(weights.get());
            }
        }

        private static Map<String, Initializer> convolutions(Classifier classifier) {
            try {
                return FasterRcnn.zfConvolutions(classifier.graph());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        classifier.file() + ": " + e.getMessage() + " " + FasterRcnn.ZF_NAME
                                + " takes weights of its own kind only, or none.",
                        e);
            }
        }

        @Override
        public Canvas canvas(List<Scene> scenes) {
            return Canvas.of(scenes, SHORTER_SIDE, STEP);
        }

        @Override
        public Backbone backbone(List<Scene> scenes, Canvas canvas, Compute compute) throws IOException {
            return weights.isPresent()
                    ? Backbone.pixels(weights.get().input(), canvas)
                    : Backbone.pixels(Preprocessing.UNIT, canvas).standardized(scenes, canvas, compute);
        }

        @Override
        public Graph on(Backbone backbone, Canvas canvas, int classes, Anchors anchors) {
            return FasterRcnn.zf(backbone, canvas, classes, anchors);
        }

        @Override
        public Map<String, Initializer> given() {
            return weights.map(Zf::convolutions).orElse(Map.of());
        }

        @Override
        public String text() {
            return "ZF (BadNets, Table 3); all layers learn, "
                    + weights.map(classifier -> "the convolutions on from "
                                    + classifier.file().getFileName())
                            .orElse("from drawn weights");
        }

        @Override
        public String deviation() {
            return weights.isPresent()
                    ? "The network is the paper's, from the weights that were given."
                    : "The network is the paper's, but it learns from drawn weights; the paper's began with those of a"
                            + " classifier of ImageNet (--backbone FILE.onnx takes a ZF).";
        }
    }
}
