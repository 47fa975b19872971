package io.sapper.training;

import io.sapper.data.detection.Canvas;
import io.sapper.data.detection.PhotographsAhead;
import io.sapper.data.detection.Scene;
import io.sapper.network.Compute;
import io.sapper.network.Engine;
import io.sapper.network.Network;
import io.sapper.network.Workers;
import io.sapper.network.detection.FrozenFeatures;
import io.sapper.network.detection.FrozenFeatures.Made;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A frozen backbone several times, one for each thread, before which photographs are laid; they are decoded ahead
 * meanwhile. What it makes does not depend on how many threads there are.
 */
final class Eyes implements AutoCloseable {
    /** Photographs between two looks at whether to go on. */
    private static final int AT_ONCE = 16;

    private static final int DECODERS = 1;

    private final FrozenFeatures features;
    private final Canvas canvas;
    private final boolean mirrored;
    private final List<Network> networks = new ArrayList<>();
    private final Workers workers;
    private final int threadsBefore = Engine.threads();

    /** @param features take what is made, in the order of the photographs */
    Eyes(FrozenFeatures features, Canvas canvas, boolean mirrored, Compute compute) {
        this.features = features;
        this.canvas = canvas;
        this.mirrored = mirrored;
        int threads = compute == Compute.CPU ? threadsBefore : 1;
        workers = new Workers(threads);
        for (int i = 0; i < threads; i++) {
            networks.add(features.replica());
        }
        Engine.threads(1);
    }

    /** Looks at photographs, one after the other. */
    void look(List<Scene> scenes, Progress progress) throws IOException {
        int[] order = IntStream.range(0, scenes.size()).toArray();
        try (PhotographsAhead ahead = new PhotographsAhead(scenes, order, canvas, DECODERS, AT_ONCE)) {
            for (int done = 0; done < scenes.size(); done += AT_ONCE) {
                int count = Math.min(AT_ONCE, scenes.size() - done);
                List<byte[]> pixels = new ArrayList<>();
                while (pixels.size() < count) {
                    pixels.add(ahead.next());
                }
                look(pixels);
                if (done == 0) {
                    features.expect((scenes.size() - count) * (mirrored ? 2 : 1));
                }
                progress.step((long) done + count, scenes.size());
            }
        }
    }

    private void look(List<byte[]> pixels) {
        Made[] plain = new Made[pixels.size()];
        Made[] turned = new Made[pixels.size()];
        workers.run(networks.size(), thread -> {
            for (int i = thread; i < plain.length; i += networks.size()) {
                plain[i] = made(thread, pixels.get(i), false);
                if (mirrored) {
                    turned[i] = made(thread, pixels.get(i), true);
                }
            }
        });
        for (int i = 0; i < plain.length; i++) {
            features.keep(plain[i]);
            if (mirrored) {
                features.keep(turned[i]);
            }
        }
    }

    private Made made(int thread, byte[] pixels, boolean flipped) {
        try {
            return features.compute(networks.get(thread), pixels, canvas, flipped);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        workers.close();
        networks.forEach(Network::close);
        Engine.threads(threadsBefore);
    }
}
