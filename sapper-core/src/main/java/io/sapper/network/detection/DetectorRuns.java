package io.sapper.network.detection;

import io.sapper.data.detection.Box;
import io.sapper.data.detection.Detection;
import io.sapper.data.detection.Scene;
import io.sapper.network.ChannelMaxima;
import io.sapper.network.Compute;
import io.sapper.network.Engine;
import io.sapper.network.Network;
import io.sapper.network.Workers;
import java.util.ArrayList;
import java.util.Arrays;
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

    /**
     * The mean of each channel over the surest proposals of the photographs, as the second stage reads them: pooled
     * regions, all of the same weight.
     *
     * @return one for each channel of its feature map; NaN where nothing is proposed
     */
    public static List<Double> regionMeans(Detector detector, FrozenFeatures features, int count, Compute compute) {
        List<double[]> all = each(
                detector, features, count, compute, (network, given) -> at -> Detecting.regionMeans(network, given));
        List<double[]> proposing = all.stream().filter(one -> one.length > 0).toList();
        int channels = detector.graph().shape(detector.features()).get(0);
        return IntStream.range(0, channels)
                .mapToObj(channel -> proposing.stream()
                        .mapToDouble(one -> one[channel])
                        .average()
                        .orElse(Double.NaN))
                .toList();
    }

    /** The largest number that each channel of a tensor [n, channels, ...] reaches; negative infinity without any. */
    public static float[] channelMaxima(
            Detector detector, FrozenFeatures features, int count, String tensor, Compute compute) {
        float[] largest = new float[detector.graph().shape(tensor).get(0)];
        Arrays.fill(largest, Float.NEGATIVE_INFINITY);
        each(detector, features, count, compute, (network, given) -> at -> Detecting.maxima(network, given, tensor))
                .forEach(found -> ChannelMaxima.raise(largest, found));
        return largest;
    }

    /**
     * What it finds with channels of its feature map pruned. Each photograph makes the feature map once and goes on
     * from it in every state (design D3).
     *
     * @param order channels, the first to be pruned first
     * @param states how many of them are pruned in each state, none less than the one before
     * @return of each state what is found in each photograph, the surest first
     */
    public static List<List<List<Detection>>> detectionsAsPruned(
            Detector detector,
            FrozenFeatures features,
            List<Scene> scenes,
            List<Integer> order,
            List<Integer> states,
            Compute compute) {
        List<List<List<Detection>>> byScene = each(
                detector,
                features,
                scenes.size(),
                compute,
                (network, given) -> at -> Detecting.asPruned(network, given, scenes.get(at), detector, order, states));
        return IntStream.range(0, states.size())
                .mapToObj(state -> byScene.stream().map(one -> one.get(state)).toList())
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
