package io.sapper.network;

import io.sapper.data.Dataset;
import java.util.Objects;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * The batches of a data set, on the device of the network that reads them. Either each batch is sent there, or the
 * whole data set lies there as bytes and batches are taken from it; they hold the same bits (docs/decisions/0031).
 */
public abstract sealed class Batches implements AutoCloseable {
    /** Free memory of the device that data may take: one part in this many. The network needs the rest. */
    private static final int SHARE = 4;

    private Batches() {}

    /** Batches that are sent one by one. */
    public static Batches sent(Dataset data, Compute compute) {
        return new Sent(data, compute);
    }

    /** Batches of data that lie on the device. */
    public static Batches resident(Dataset data, Compute compute) {
        return new Resident(data, compute);
    }

    /** Whether the data take at most a quarter of the memory that is free on a GPU. */
    public static boolean fitsDevice(Dataset data, Compute compute) {
        return compute == Compute.CUDA && Resident.bytes(data) <= Engine.freeDeviceMemory() / SHARE;
    }

    /** Says which image comes at which position from now on; no batch may be taken meanwhile. */
    public abstract void order(int[] order);

    /**
     * Images as numbers in [0, 1], shape [count, channels, height, width], in the caller's scope.
     *
     * @param from position in the order of the first one
     */
    public abstract Tensor images(int from, int count);

    /** The labels of the same images, shape [count], 64-bit integers, in the caller's scope. */
    public abstract Tensor labels(int from, int count);

    @Override
    public abstract void close();

    private static final class Sent extends Batches {
        private final Dataset data;
        private final Compute compute;
        private int[] order = {};

        Sent(Dataset data, Compute compute) {
            this.data = data;
            this.compute = compute;
        }

        @Override
        public void order(int[] changed) {
            order = changed;
        }

        @Override
        public Tensor images(int from, int count) {
            return Tensors.images(data, order, from, count, compute);
        }

        @Override
        public Tensor labels(int from, int count) {
            return Tensors.labels(data, order, from, count, compute);
        }

        @Override
        public void close() {}
    }

    private static final class Resident extends Batches {
        private static final int CHUNK = 4096;

        private final Compute compute;
        private final Tensor pixels;
        private final Tensor labels;
        private @Nullable Tensor order;

        Resident(Dataset data, Compute compute) {
            this.compute = compute;
            int[] all = IntStream.range(0, data.size()).toArray();
            try (PointerScope scope = new PointerScope()) {
                labels = Tensors.labels(data, all, 0, all.length, compute);
                pixels = pixels(data, all, compute);
                labels.retainReference();
                pixels.retainReference();
            }
        }

        /** In chunks, so that the Java heap never holds the data twice. */
        private static Tensor pixels(Dataset data, int[] all, Compute compute) {
            Tensor first = Tensors.bytes(data, all, 0, 1, compute);
            long[] shape = first.shape();
            shape[0] = data.size();
            Tensor pixels = torch.empty(shape, first.options(), new MemoryFormatOptional());
            for (int from = 0; from < all.length; from += CHUNK) {
                int count = Math.min(CHUNK, all.length - from);
                try (PointerScope chunk = new PointerScope()) {
                    pixels.narrow(0, from, count).copy_(Tensors.bytes(data, all, from, count, compute));
                }
            }
            return pixels;
        }

        /** Pixels, labels, and an order. */
        static long bytes(Dataset data) {
            return (long) data.size() * (data.shape().size() + 2 * Long.BYTES);
        }

        @Override
        public void order(int[] changed) {
            close(order);
            try (PointerScope scope = new PointerScope()) {
                long[] positions = IntStream.of(changed).asLongStream().toArray();
                Tensor there = Engine.move(Tensor.create(positions, (long) positions.length), compute);
                there.retainReference();
                order = there;
            }
        }

        private Tensor chosen(int from, int count) {
            return Objects.requireNonNull(order, "order").narrow(0, from, count);
        }

        @Override
        public Tensor images(int from, int count) {
            return Tensors.unitRange(pixels.index_select(0, chosen(from, count)));
        }

        @Override
        public Tensor labels(int from, int count) {
            return labels.index_select(0, chosen(from, count));
        }

        @Override
        public void close() {
            close(order);
            order = null;
            pixels.close();
            labels.close();
        }

        private static void close(@Nullable Tensor tensor) {
            if (tensor != null) {
                tensor.close();
            }
        }
    }
}
