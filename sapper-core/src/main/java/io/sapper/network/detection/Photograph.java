package io.sapper.network.detection;

import io.sapper.data.detection.Canvas;
import io.sapper.network.Compute;
import io.sapper.network.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** A photograph on its canvas as a network reads it. */
final class Photograph {
    private static final float UNIT = 1f / 255;

    private Photograph() {}

    /** [1, 3, rows, columns] in [0, 1], in the caller's scope. */
    static Tensor tensor(byte[] pixels, Canvas canvas, Compute compute) {
        float[] numbers = new float[pixels.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (pixels[i] & 0xff) * UNIT;
        }
        return Tensors.create(numbers, List.of(1, Canvas.CHANNELS, canvas.height(), canvas.width()), compute);
    }
}
