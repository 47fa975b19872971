package io.sapper.network.operator;

import static io.sapper.network.operator.Sizes.require;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/** Of boxes that overlap, only the best is kept. */
final class Suppression {
    private Suppression() {}

    static void check(long[] boxes, long[] scores) {
        require(
                boxes.length == 3
                        && boxes[2] == 4
                        && scores.length == 3
                        && scores[0] == boxes[0]
                        && scores[2] == boxes[1],
                "boxes of shape " + Sizes.text(boxes) + " and scores of shape " + Sizes.text(scores) + " do not fit");
    }

    /** A box by its corners, 32-bit numbers as everybody computes them: ties must fall alike. */
    private record Box(float left, float top, float right, float bottom) {
        static Box of(float[] values, int at, boolean centred) {
            if (centred) {
                float width = values[at + 2] / 2;
                float height = values[at + 3] / 2;
                return new Box(
                        values[at] - width, values[at + 1] - height, values[at] + width, values[at + 1] + height);
            }
            return new Box(
                    Math.min(values[at + 1], values[at + 3]),
                    Math.min(values[at], values[at + 2]),
                    Math.max(values[at + 1], values[at + 3]),
                    Math.max(values[at], values[at + 2]));
        }

        private float area() {
            return (right - left) * (bottom - top);
        }

        boolean covers(Box other, float threshold) {
            float width = Math.min(right, other.right) - Math.max(left, other.left);
            float height = Math.min(bottom, other.bottom) - Math.max(top, other.top);
            if (!(width > 0) || !(height > 0)) {
                return false;
            }
            float both = width * height;
            float union = area() + other.area() - both;
            return both > 0 && area() > 0 && other.area() > 0 && union > 0 && both / union > threshold;
        }
    }

    static Tensor suppress(Call call) {
        long[] boxes = call.in(0).shape();
        long[] scores = call.in(1).shape();
        check(boxes, scores);
        float[] corners = Regions.floats(call.reals(0));
        float[] all = Regions.floats(call.reals(1));
        long most = (long) call.number(2, 0);
        float overlap = (float) call.number(3, 0);
        float least = (float) call.number(4, Double.NEGATIVE_INFINITY);
        boolean centred = call.attributes().flag("center_point_box");
        int count = (int) boxes[1];
        List<Long> kept = new ArrayList<>();
        for (int image = 0; image < boxes[0]; image++) {
            Box[] here = new Box[count];
            for (int i = 0; i < count; i++) {
                here[i] = Box.of(corners, (image * count + i) * 4, centred);
            }
            for (int kind = 0; kind < scores[1]; kind++) {
                float[] given = Regions.row(all, (int) (image * scores[1] + kind), count);
                for (int box : keep(here, given, most, overlap, least)) {
                    kept.addAll(List.of((long) image, (long) kind, (long) box));
                }
            }
        }
        long[] flat = kept.stream().mapToLong(Long::longValue).toArray();
        return Made.longs(call.in(0), flat, flat.length / 3, 3);
    }

    private static List<Integer> keep(Box[] boxes, float[] scores, long most, float overlap, float least) {
        List<Integer> best = IntStream.range(0, boxes.length)
                .filter(i -> least == Float.NEGATIVE_INFINITY || scores[i] > least)
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> -scores[i]))
                .toList();
        List<Integer> kept = new ArrayList<>();
        for (int box : best) {
            if (kept.size() >= most) {
                break;
            }
            if (kept.stream().noneMatch(other -> boxes[box].covers(boxes[other], overlap))) {
                kept.add(box);
            }
        }
        return kept;
    }
}
