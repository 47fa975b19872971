package io.sapper.network.operator;

import static io.sapper.network.operator.OperatorType.several;
import static io.sapper.network.operator.Sizes.require;

import java.util.List;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * Scaled dot-product attention of opset 23 and 24: several heads, fewer heads of keys than of queries, masks, keys and
 * values of before, and the scores of any stage as the fourth output.
 */
final class Attention {
    private static final int MASK = 3;
    private static final int PAST_KEY = 4;
    private static final int PAST_VALUE = 5;
    private static final int FILLED = 6;

    private Attention() {}

    static List<OperatorType> types() {
        return List.of(several("Attention", 4, Attention::run)
                .inputs(3, 7)
                .attributes(
                        "is_causal",
                        "kv_num_heads",
                        "q_num_heads",
                        "qk_matmul_output_mode",
                        "scale",
                        "softcap",
                        "softmax_precision")
                .sizes(Attention::sizes)
                .build());
    }

    /** [batch, heads, steps, numbers], also of [batch, steps, heads and numbers together]. */
    private static long[] split(long[] shape, Attributes set, String heads) {
        if (shape.length == 4) {
            return shape;
        }
        long count = set.integer(heads, 0);
        require(shape.length == 3, "needs three or four dimensions, not shape " + Sizes.text(shape));
        require(count >= 1 && shape[2] % count == 0, heads + " of " + count + " does not fit " + Sizes.text(shape));
        return new long[] {shape[0], count, shape[1], shape[2] / count};
    }

    private static List<long[]> sizes(Known known) {
        Attributes set = known.attributes();
        long[] q = split(known.shape(0), set, "q_num_heads");
        long[] k = split(known.shape(1), set, "kv_num_heads").clone();
        long[] v = split(known.shape(2), set, "kv_num_heads").clone();
        require(
                known.shape(0).length == known.shape(1).length && known.shape(1).length == known.shape(2).length,
                "its query, key and value have different numbers of dimensions");
        require(known.has(PAST_KEY) == known.has(PAST_VALUE), "past_key and past_value go together");
        if (known.has(PAST_KEY)) {
            lengthen(k, known.shape(PAST_KEY));
            lengthen(v, known.shape(PAST_VALUE));
        }
        String shapes = Sizes.text(q) + ", " + Sizes.text(k) + ", " + Sizes.text(v);
        require(q[0] == k[0] && k[0] == v[0], "query, key and value of " + shapes + " are of different batches");
        require(q[3] == k[3] && k[2] == v[2] && k[1] == v[1], "query, key and value of " + shapes + " do not fit");
        require(k[1] > 0 && q[1] % k[1] == 0, k[1] + " head(s) of keys do not fit " + q[1] + " of queries");
        long[] scores = {q[0], q[1], q[2], k[2]};
        if (known.has(MASK)) {
            checkMask(known.shape(MASK), scores);
        }
        require(
                !known.has(FILLED) || (known.shape(FILLED).length == 1 && known.shape(FILLED)[0] == q[0]),
                "nonpad_kv_seqlen is not one number for each of a batch of " + q[0]);
        long[] y = {q[0], q[1], q[2], v[3]};
        // The scores are made whether or not they are asked for, and may be the largest of all.
        return List.of(known.shape(0).length == 4 ? y : new long[] {q[0], q[2], q[1] * v[3]}, k, v, scores);
    }

    private static void lengthen(long[] shape, long[] past) {
        require(
                past.length == 4 && past[0] == shape[0] && past[1] == shape[1] && past[3] == shape[3],
                "what is past, of shape " + Sizes.text(past) + ", does not fit " + Sizes.text(shape));
        shape[2] = Math.addExact(shape[2], past[2]);
    }

    /** A mask may be shorter than the keys: what it lacks is masked. */
    private static void checkMask(long[] mask, long[] scores) {
        boolean fits = mask.length >= 1 && mask.length <= 4;
        for (int i = 1; fits && i <= mask.length; i++) {
            long size = mask[mask.length - i];
            long wanted = scores[4 - i];
            fits = size == 1 || size == wanted || (i == 1 && size < wanted);
        }
        require(fits, "a mask of shape " + Sizes.text(mask) + " does not fit scores of " + Sizes.text(scores));
    }

    private static Tensor split(Tensor x, Attributes set, String heads) {
        if (x.dim() == 4) {
            return x;
        }
        long[] parts = split(x.shape(), set, heads);
        return x.reshape(parts[0], parts[2], parts[1], parts[3]).transpose(1, 2);
    }

    private static List<Tensor> run(Call call) {
        Attributes set = call.attributes();
        Tensor q = Types.needReal(split(call.in(0), set, "q_num_heads"));
        Tensor key = with(call.orNull(PAST_KEY), split(call.in(1), set, "kv_num_heads"));
        Tensor value = with(call.orNull(PAST_VALUE), split(call.in(2), set, "kv_num_heads"));
        long past = call.has(PAST_KEY) ? call.in(PAST_KEY).size(2) : 0;
        double scale = set.real("scale", 1 / Math.sqrt((double) q.size(3)));
        Scalar root = new Scalar(Math.sqrt(Math.abs(scale))); // half on each side, so that 16 bits do not overflow
        Tensor turned = repeated(key, q).transpose(-1, -2).mul(root);
        Tensor raw = torch.matmul(q.mul(scale < 0 ? new Scalar(-Math.sqrt(-scale)) : root), turned);
        Tensor masked = masked(call, raw, past);
        double cap = set.real("softcap", 0);
        Tensor capped = cap > 0 ? torch.tanh(masked.div(new Scalar(cap))).mul(new Scalar(cap)) : masked;
        Tensor shares = torch.softmax(precise(capped, set), -1);
        Tensor y = torch.matmul(shares, Types.as(repeated(value, q), shares)).to(Types.of(q));
        List<Tensor> stages = List.of(raw, masked, capped, shares);
        long stage = set.integer("qk_matmul_output_mode", 0);
        require(stage >= 0 && stage < stages.size(), "qk_matmul_output_mode of " + stage);
        Tensor joined =
                call.in(0).dim() == 4 ? y : y.transpose(1, 2).reshape(y.size(0), y.size(2), y.size(1) * y.size(3));
        return List.of(joined, key.alias(), value.alias(), Types.as(stages.get((int) stage), q));
    }

    private static Tensor with(@Nullable Tensor past, Tensor now) {
        return past == null ? now : Made.join(List.of(past, now), 2);
    }

    /** Each head of keys or values as often as heads of queries share it. */
    private static Tensor repeated(Tensor x, Tensor q) {
        long times = q.size(1) / x.size(1);
        return times == 1 ? x : x.repeat_interleave(times, new LongOptional(1), new LongOptional());
    }

    private static Tensor precise(Tensor scores, Attributes set) {
        return set.has("softmax_precision")
                ? Types.cast(scores, Types.named(set.integer("softmax_precision", 1)))
                : scores;
    }

    private static Tensor masked(Call call, Tensor scores, long past) {
        Tensor result = call.has(MASK) ? withMask(call.in(MASK), scores) : scores;
        long steps = scores.size(2);
        long keys = scores.size(3);
        Tensor columns = Made.upTo(scores, keys);
        if (call.attributes().flag("is_causal")) {
            Tensor rows = Made.upTo(scores, steps).reshape(steps, 1).add(new Scalar(past));
            result = without(result, columns.gt(rows));
        }
        if (call.has(FILLED)) {
            Tensor filled = call.in(FILLED).reshape(scores.size(0), 1, 1, 1);
            result = without(result, columns.ge(filled));
        }
        return result;
    }

    private static Tensor withMask(Tensor mask, Tensor scores) {
        long lacking = mask.size(-1) == 1 && scores.size(3) != 1 ? 0 : scores.size(3) - mask.size(-1);
        long[] right = {0, lacking};
        if (Types.of(mask) == ScalarType.Bool) {
            Tensor left = mask.logical_not();
            return without(scores, lacking == 0 ? left : torch.constant_pad_nd(left, right, new Scalar(1L)));
        }
        Tensor whole = lacking == 0 ? mask : torch.constant_pad_nd(mask, right, new Scalar(Double.NEGATIVE_INFINITY));
        return scores.add(Types.as(whole, scores));
    }

    private static Tensor without(Tensor scores, Tensor left) {
        return scores.masked_fill(left, new Scalar(Double.NEGATIVE_INFINITY));
    }
}
