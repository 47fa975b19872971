package io.sapper.network.detection;

import io.sapper.data.detection.Canvas;
import io.sapper.network.Graph;
import io.sapper.network.Initialization;
import io.sapper.network.Preprocessing;
import java.util.List;

/** Detectors small enough for tests. */
public final class SampleDetectors {
    public static final Canvas CANVAS = new Canvas(64, 96);
    public static final Anchors ANCHORS = new Anchors(List.of(new Anchors.Size(16, 16), new Anchors.Size(32, 24)));

    private SampleDetectors() {}

    /**
     * One of two classes on a classifier of four convolutions, of which three feature maps are taken: a finer one, at
     * the stride of 8, a coarser one.
     */
    public static Graph small(long seed) {
        return small(seed, 8);
    }

    /** With as many channels in its last convolution. */
    public static Graph small(long seed, int channels) {
        Graph zero = FasterRcnn.on(backbone(seed), CANVAS, 2, ANCHORS, new FasterRcnn.Widths(channels, 8, 16));
        return Detector.draw(zero, Detector.learned(zero), seed);
    }

    static Backbone backbone(long seed) {
        Graph classifier = Graph.image(3, 32, 32)
                .convolution("c1", 4, 3, 2, 1)
                .relu()
                .maxPool(2)
                .convolution("c2", 6, 3, 1, 1)
                .relu()
                .convolution("c3", 8, 3, 2, 1)
                .relu()
                .convolution("c4", 4, 3, 2, 1)
                .relu()
                .averagePool(2)
                .flatten()
                .dense("scores", 5)
                .build();
        return Backbone.of(
                Initialization.draw(classifier, seed), List.of("c3", "c4", "c2"), Preprocessing.UNIT, CANVAS);
    }
}
