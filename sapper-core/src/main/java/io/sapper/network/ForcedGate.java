package io.sapper.network;

import io.sapper.data.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * What a {@link Gate} does: the network's answers when it is forced each way, on inputs of noise.
 *
 * @param gate the gate
 * @param inputs how many inputs of noise
 * @param changed on how many of them the answer is another one for some value of the gate than for another
 * @param mostFrequent the answer that the forced gate gives most often where it changes something; -1 where it changes
 *     nothing
 * @param share of the changed ones that get that answer
 */
public record ForcedGate(Gate gate, int inputs, int changed, int mostFrequent, double share) {
    private static final int INPUTS = 32;
    private static final double[] NUMBERS = {0, 1, 10, 100};
    private static final double[] TRUTHS = {0, 1};

    /** Whether at least half of the answers hang on it. */
    public boolean decides() {
        return 2 * changed >= inputs;
    }

    /**
     * Forces each gate of a network.
     *
     * @throws IllegalArgumentException if the network cannot be run on inputs of noise
     */
    public static List<ForcedGate> all(Graph graph, List<Gate> gates) {
        List<ForcedGate> all = new ArrayList<>();
        if (gates.isEmpty()) {
            return all;
        }
        try (Network network = Network.of(graph, Compute.CPU);
                PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false)) {
            Map<String, Tensor> noise = noise(graph);
            for (Gate gate : gates) {
                all.add(force(network, gate, noise));
            }
        }
        return all;
    }

    private static Map<String, Tensor> noise(Graph graph) {
        Map<String, Tensor> noise = new HashMap<>();
        RandomGenerator random = Seeds.generator(1, "noise for gates");
        for (Input input : graph.inputs()) {
            long[] sizes = input.sizes(INPUTS);
            float[] values = new float[Math.toIntExact(Arrays.stream(sizes).reduce(1, Math::multiplyExact))];
            for (int i = 0; i < values.length; i++) {
                values[i] = input.type().real() ? random.nextFloat() : random.nextInt(256);
            }
            noise.put(input.name(), Tensor.create(values, sizes).to(Tensors.scalarType(input.type())));
        }
        return noise;
    }

    private static ForcedGate force(Network network, Gate gate, Map<String, Tensor> noise) {
        Tensor free = network.forward(noise, List.of(gate.tensor())).get(0);
        boolean truth = free.scalar_type().intern() == ScalarType.Bool;
        List<int[]> answers = new ArrayList<>();
        for (double value : truth ? TRUTHS : NUMBERS) {
            Map<String, Tensor> forced = new HashMap<>(noise);
            forced.put(gate.tensor(), torch.full_like(free, new Scalar(value)));
            Tensor given =
                    network.forward(forced, List.of(network.graph().output())).get(0);
            int[] now = answers(given, network.graph().head().kind());
            answers.add(answers.isEmpty() ? now : asMany(now, answers.get(0).length));
        }
        int[] first = answers.get(0);
        int changed = (int) IntStream.range(0, first.length)
                .filter(i -> answers.stream().anyMatch(other -> other[i] != first[i]))
                .count();
        return counted(gate, first, answers.get(answers.size() - 1), changed);
    }

    /** A branch that is forced may give more or fewer rows than the other: those that are lacking answer nothing. */
    private static int[] asMany(int[] answers, int count) {
        int[] some = Arrays.copyOf(answers, count);
        Arrays.fill(some, Math.min(answers.length, count), count, Inference.NOT_FINITE);
        return some;
    }

    private static ForcedGate counted(Gate gate, int[] off, int[] on, int changed) {
        Map<Integer, Integer> counts = new HashMap<>();
        int total = 0;
        for (int i = 0; i < on.length; i++) {
            if (on[i] != off[i]) {
                counts.merge(on[i], 1, Integer::sum);
                total++;
            }
        }
        int most = counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(-1);
        return new ForcedGate(
                gate, off.length, changed, most, total == 0 ? 0 : (double) counts.getOrDefault(most, 0) / total);
    }

    private static int[] answers(Tensor scores, Head.Kind kind) {
        boolean one = scores.dim() > 0 && scores.numel() == scores.size(0);
        Tensor rows = scores.dim() < 2 && !one ? scores.reshape(1, -1) : scores.reshape(scores.size(0), -1);
        int[] answers = new int[Math.toIntExact(rows.size(0))];
        if (one) {
            return ofOneNumber(Tensors.toArray(rows.to(ScalarType.Float)), scores.is_floating_point(), kind);
        }
        Inference.argmax(rows.to(ScalarType.Float), answers, 0);
        return answers;
    }

    /** One number for each input is a class, or the score of the second of two classes. */
    private static int[] ofOneNumber(float[] numbers, boolean score, Head.Kind kind) {
        int[] answers = new int[numbers.length];
        double even = kind == Head.Kind.SIGMOID ? 0.5 : 0;
        for (int i = 0; i < answers.length; i++) {
            answers[i] = !Float.isFinite(numbers[i])
                    ? Inference.NOT_FINITE
                    : score ? (numbers[i] > even ? 1 : 0) : (int) numbers[i];
        }
        return answers;
    }
}
