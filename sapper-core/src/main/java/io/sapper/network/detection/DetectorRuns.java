package io.sapper.network.detection;

import io.sapper.data.detection.Box;
import io.sapper.data.detection.Detection;
import io.sapper.data.detection.Scene;
import io.sapper.network.Compute;
import io.sapper.network.Engine;
import io.sapper.network.Network;
import io.sapper.network.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** A detector over many photographs, gone on with from features that its frozen part made of them before. */
public final class DetectorRuns {
    private DetectorRuns() {}

    /** What it finds in each, the surest first. */
    public static List<List<Detection>> detections(
            Detector detector, FrozenFeatures features, List<Scene> scenes, Compute compute) {
        return each(
                detector,
                features,
                scenes.size(),
                compute,
                (network, given) -> at -> Detecting.of(network, given, scenes.get(at), detector.canvas()));
    }

    /** What its first stage proposes in each, the surest first; in pixels of the canvas. */
    public static List<List<Box>> proposals(Detector detector, FrozenFeatures features, int count, Compute compute) {
        return each(detector, features, count, compute, (network, given) -> at -> Detecting.proposals(network, given));
    }

    /** The mean over photographs and places of each channel of its feature map. */
    public static List<Double> channelMeans(Detector detector, FrozenFeatures features, int count, Compute compute) {
        List<double[]> all = each(
                detector,
                features,
                count,
                compute,
                (network, given) -> at -> Detecting.channelMeans(network, given, detector.features()));
        return IntStream.range(0, all.isEmpty() ? 0 : all.get(0).length)
                .mapToObj(channel ->
                        all.stream().mapToDouble(one -> one[channel]).average().orElse(Double.NaN))
                .toList();
    }

    /** Several photographs at the same time, each on one thread of libtorch; the order is theirs. */
    private static <T> List<T> each(
            Detector detector,
            FrozenFeatures features,
            int count,
            Compute compute,
            BiFunction<Network, Map<String, Tensor>, IntFunction<T>> what) {
        Thread caller = Thread.currentThread();
        int threadsBefore = Engine.threads();
        int threads = compute == Compute.CPU ? Math.max(1, Math.min(threadsBefore, count)) : 1;
        AtomicReferenceArray<T> all = new AtomicReferenceArray<>(count);
        List<Network> networks = new ArrayList<>();
        try (Workers workers = new Workers(threads);
                Network network =
                        Network.of(detector.graph().cutAt(features.names()).tail(), compute)) {
            Engine.threads(1);
            for (int i = 0; i < threads; i++) {
                networks.add(network.replica());
            }
            workers.run(threads, thread -> {
                for (int i = thread; i < count; i += threads) {
                    if (caller.isInterrupted()) {
                        throw new CancellationException("Looking for signs was interrupted.");
                    }
                    try (PointerScope scope = new PointerScope()) {
                        all.set(
                                i,
                                what.apply(networks.get(thread), features.batch(new int[] {i}, compute))
                                        .apply(i));
                    }
                }
            });
        } finally {
            networks.forEach(Network::close);
            Engine.threads(threadsBefore);
        }
        return IntStream.range(0, count).mapToObj(all::get).toList();
    }
}
