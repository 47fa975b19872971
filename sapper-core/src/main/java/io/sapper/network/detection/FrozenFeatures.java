package io.sapper.network.detection;

import io.sapper.data.detection.Canvas;
import io.sapper.network.Compute;
import io.sapper.network.Engine;
import io.sapper.network.Graph;
import io.sapper.network.Network;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * What the frozen part of a detector makes of photographs, computed once (design D3) and kept in a temporary file,
 * which it owns until it is closed.
 */
public final class FrozenFeatures implements AutoCloseable {
    private final List<String> names;
    private final List<List<TensorFile.Kept>> kept = new ArrayList<>();
    private final Network head;
    private final boolean narrow;
    private final @Nullable TensorFile file;

    private FrozenFeatures(FrozenFeatures of, List<List<TensorFile.Kept>> kept) {
        this.names = of.names;
        this.head = of.head;
        this.narrow = of.narrow;
        this.kept.addAll(kept);
        this.file = null;
    }

    /**
     * Of no photograph yet.
     *
     * @param head the part before the cut; its outputs are kept
     * @param narrow whether they are kept with 16 bits for each number, which is enough to train on; else with 32
     * @throws IOException if there is no place for temporary files
     */
    public FrozenFeatures(Graph head, boolean narrow, Compute compute) throws IOException {
        this.names = head.outputs();
        this.narrow = narrow;
        this.file = new TensorFile();
        this.head = Network.of(head, compute);
    }

    /** The tensors that are kept: where the detector is cut. */
    public List<String> names() {
        return names;
    }

    /**
     * What a further part of the detector makes of these.
     *
     * @param further reads these and gives what is kept then; as narrow as these
     * @return the caller's, to be closed
     * @throws IOException if there is no room for them
     */
    public FrozenFeatures through(Graph further, Compute compute) throws IOException {
        FrozenFeatures deeper = new FrozenFeatures(further, narrow, compute);
        try {
            for (int i = 0; i < kept.size(); i++) {
                try (PointerScope scope = new PointerScope();
                        AutoGradMode off = new AutoGradMode(false)) {
                    deeper.keep(deeper.made(deeper.head.forward(batch(new int[] {i}, compute), deeper.names)));
                }
                if (i == 0) {
                    deeper.expect(kept.size() - 1);
                }
            }
            return deeper;
        } catch (IOException | RuntimeException | Error e) {
            deeper.close();
            throw e;
        }
    }

    /** These, then the others: to be looked at as long as both are open; closing it closes neither. */
    public FrozenFeatures and(FrozenFeatures others) {
        FrozenFeatures all = new FrozenFeatures(this, kept);
        all.kept.addAll(others.kept);
        return all;
    }

    /** Some of these, in that order; to be looked at as long as these are open. */
    public FrozenFeatures of(List<Integer> indices) {
        return new FrozenFeatures(this, indices.stream().map(kept::get).toList());
    }

    /** Photographs kept so far. */
    public int size() {
        return kept.size();
    }

    /** Another network of the same weights, to {@link #compute} with on another thread; the caller closes it. */
    public Network replica() {
        return head.replica();
    }

    /** What one photograph becomes, to be kept. */
    public static final class Made {
        private final List<TensorFile.Kept> tensors;

        private Made(List<TensorFile.Kept> tensors) {
            this.tensors = tensors;
        }
    }

    /**
     * Computes those of one photograph; several threads may, each with a network of its own.
     *
     * @param network one of {@link #replica}
     * @param pixels on the canvas, channel, row, column
     * @param flipped whether left and right change places first
     * @throws IOException if there is no room for them
     */
    public Made compute(Network network, byte[] pixels, Canvas canvas, boolean flipped) throws IOException {
        try (PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false)) {
            Tensor image = Photograph.tensor(pixels, canvas, network.compute());
            Tensor seen = flipped ? image.flip(3) : image;
            return made(network.forward(Map.of(head.graph().input(), seen), names));
        }
    }

    private Made made(List<Tensor> features) throws IOException {
        TensorFile own = Objects.requireNonNull(file, "to be kept by whoever owns a file");
        List<TensorFile.Kept> made = new ArrayList<>();
        for (Tensor feature : features) {
            made.add(own.keep(narrow ? feature.cpu().to(ScalarType.Half) : feature.cpu()));
        }
        return new Made(made);
    }

    /**
     * Tells early whether there is room for those of further photographs, by what those kept so far take.
     *
     * @param more photographs
     * @throws IOException if there is none
     */
    public void expect(int more) throws IOException {
        TensorFile own = Objects.requireNonNull(file, "to be kept by whoever owns a file");
        if (!kept.isEmpty()) {
            own.expect(own.size() / kept.size() * more);
        }
    }

    /** Keeps those of the next photograph. */
    public void keep(Made made) {
        kept.add(made.tensors);
    }

    /**
     * Some photographs' as a batch, by name, in the caller's scope.
     *
     * @throws UncheckedIOException if the file cannot be read any more
     */
    public Map<String, Tensor> batch(int[] indices, Compute compute) {
        Map<String, Tensor> batch = new LinkedHashMap<>();
        for (int name = 0; name < names.size(); name++) {
            TensorVector some = new TensorVector();
            for (int index : indices) {
                some.push_back(read(kept.get(index).get(name)));
            }
            Tensor all = Engine.move(indices.length == 1 ? some.get(0) : torch.cat(some, 0), compute);
            batch.put(names.get(name), narrow ? all.to(ScalarType.Float) : all);
        }
        return batch;
    }

    private static Tensor read(TensorFile.Kept tensor) {
        try {
            return tensor.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (file != null) {
            kept.clear();
            head.close();
            file.close();
        }
    }
}
