package io.sapper.result;

import io.sapper.metric.Ratio;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happens as channels are pruned one by one, least active on clean data first (Fine-Pruning, section 4.1).
 *
 * @param network whose curve it is, where a result has curves of several; else absent
 * @param layer the pruned layer
 * @param channels its number of channels
 * @param order channels in the order in which they were pruned
 * @param chosen how many channels the rule prunes: the last point of the curve that met it
 * @param allowedDrop how far clean validation accuracy may fall, as a fraction
 * @param points one per number of channels pruned, from 0 on
 */
public record PruningCurve(
        @Nullable String network,
        String layer,
        int channels,
        List<Integer> order,
        int chosen,
        double allowedDrop,
        List<Point> points)
        implements Finding {
    public PruningCurve {
        Parts.present(layer, "layer");
        order = Parts.list(order, "order");
        points = Parts.list(points, "points");
    }

    /** The same curve, said to be of this network. */
    public PruningCurve of(String name) {
        return new PruningCurve(name, layer, channels, order, chosen, allowedDrop, points);
    }

    /**
     * One point of the curve.
     *
     * @param pruned channels pruned so far
     * @param validationAccuracy on the defender's clean validation data; the only thing the rule looks at
     * @param cleanAccuracy on clean test data, absent where the curve was made without it
     * @param attackSuccessRate on triggered test data, absent where the trigger is unknown
     * @param recoveredAccuracy on triggered test data, absent where the trigger is unknown
     */
    public record Point(
            int pruned,
            Ratio validationAccuracy,
            @Nullable Ratio cleanAccuracy,
            @Nullable Ratio attackSuccessRate,
            @Nullable Ratio recoveredAccuracy) {
        public Point {
            Parts.present(validationAccuracy, "validationAccuracy");
        }
    }
}
