package io.sapper.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;

class BatchesTest {
    /** Images of 2x1x3, more than go to the device at once, whose bytes differ from image to image. */
    private static final Dataset DATA = data(5000);

    private static Dataset data(int size) {
        byte[] pixels = new byte[6 * size];
        int[] labels = new int[size];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i * 31 + i / 256);
            labels[i / 6] = i / 6 % 3;
        }
        return new Dataset("data", new ImageShape(2, 1, 3), pixels, labels, List.of("a", "b", "c"));
    }

    private static List<Compute> devices() {
        return Engine.hasCuda() ? List.of(Compute.CPU, Compute.CUDA) : List.of(Compute.CPU);
    }

    /** Every byte, as {@code Dataset.toUnitRange} makes numbers of it. */
    @Test
    void bytesBecomeTheSameNumbersOnTheDevice() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        Dataset bytes = new Dataset("bytes", new ImageShape(1, 16, 16), all, new int[1], List.of("a"));
        float[] expected = new float[256];
        bytes.toUnitRange(0, expected, 0);
        for (Compute device : devices()) {
            try (PointerScope scope = new PointerScope()) {
                assertThat(Tensors.toArray(Tensors.unitRange(Tensors.bytes(bytes, new int[1], 0, 1, device))))
                        .as("on %s", device)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void dataOnTheDeviceGiveTheBatchesThatAreSent() {
        int[] back = {4999, 4096, 4095, 0, 3, 3};
        int[] forth = {1, 2, 4100, 7};
        for (Compute device : devices()) {
            List<String> taken = new ArrayList<>();
            List<long[]> shapes = new ArrayList<>();
            for (Batches batches : List.of(
                    Batches.sent(DATA, Compute.CPU), Batches.sent(DATA, device), Batches.resident(DATA, device))) {
                try (batches) {
                    batches.order(back);
                    String first = take(batches, 1, 5, shapes);
                    batches.order(forth);
                    taken.add(first + take(batches, 0, 4, shapes));
                }
            }
            assertThat(taken).as("on %s", device).containsOnly(taken.get(0));
            assertThat(shapes).contains(new long[] {5, 2, 1, 3}, new long[] {5});
        }
    }

    private static String take(Batches batches, int from, int count, List<long[]> shapes) {
        try (PointerScope scope = new PointerScope()) {
            shapes.add(batches.images(from, count).shape());
            shapes.add(batches.labels(from, count).shape());
            return Arrays.toString(Tensors.toArray(batches.images(from, count)))
                    + Arrays.toString(Tensors.toLongs(batches.labels(from, count)));
        }
    }

    @Test
    void onTheCpuNothingIsKeptOnADevice() {
        assertThat(Batches.fitsDevice(DATA, Compute.CPU)).isFalse();
    }
}
