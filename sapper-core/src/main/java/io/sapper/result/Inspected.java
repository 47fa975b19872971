package io.sapper.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code inspect} finds in a model file. Shapes are without the batch, except those of the inputs.
 *
 * @param command {@code inspect}
 * @param model the file
 * @param sha256 of the file, in hexadecimal digits
 * @param bytes of the file
 * @param producer what wrote it, as it says itself; empty where it does not
 * @param opsets version of each domain
 * @param inputs everything that it is given
 * @param input the first input
 * @param output the first output
 * @param outputs all that it gives
 * @param nodes in order
 * @param parameters that training can change, each counted once
 * @param multiplyAdds of one input, as far as they are known
 * @param multiplyAddsComplete whether these are all; false where a size or a number of rounds shows only when it runs
 * @param classes that the first output scores; 0 where it gives no class scores, or that is not known before it runs
 * @param prunedByDefault the layer that {@code repair} prunes where nobody names one; empty where there is none
 * @param why that one, or why none
 * @param gates places where something small decides past the layers, with what it does
 * @param warnings what else is odd
 * @param notFinite weights that are not finite
 * @param detector what is known of a detector of Sapper's; absent for any other network
 */
public record Inspected(
        String command,
        String model,
        String sha256,
        long bytes,
        String producer,
        Map<String, Long> opsets,
        List<Given> inputs,
        Tensor input,
        Tensor output,
        List<Output> outputs,
        List<Layer> nodes,
        long parameters,
        long multiplyAdds,
        boolean multiplyAddsComplete,
        int classes,
        String prunedByDefault,
        String why,
        List<Suspect> gates,
        List<String> warnings,
        List<NotFinite> notFinite,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Detector detector) {
    /**
     * A detector: it finds signs in photographs and says of each what it is.
     *
     * @param canvas rows x columns that photographs are scaled to
     * @param classes names in the order of its labels; numbers where its file does not say
     * @param named whether its file says
     */
    public record Detector(String canvas, List<String> classes, boolean named) {
        /** In words. */
        public String text() {
            return "finds signs in photographs, scaled to fit " + canvas + " (rows x columns); "
                    + (named
                            ? "classes: " + String.join(", ", classes)
                            : classes.size() + " classes, of which its file says no names");
        }
    }

    /** A named tensor. */
    public record Tensor(String name, List<Integer> shape) {}

    /**
     * An output.
     *
     * @param shape without the batch; empty where it is one number, or not known
     * @param gives what it is, in words
     */
    public record Output(String name, List<Integer> shape, String gives) {}

    /**
     * An input.
     *
     * @param sizes of its dimensions; a question mark where any will do
     * @param layout what the dimensions are, as far as their number tells
     */
    public record Given(String name, String type, List<String> sizes, String layout) {}

    /**
     * A node.
     *
     * @param layer whether it is a convolution or dense layer with weights of its own
     * @param output shape of the first tensor that it makes; empty where it is not known
     * @param parameters how many stored weights and statistics it reads that no node before it read; no sizes, no
     *     places and no single numbers
     * @param multiplyAdds of one input, with those of graphs inside the node; 0 also where they are not known
     * @param reads which nodes before it give it numbers, counted from 0, and -1 for an input; empty where it only
     *     works on sizes or constants
     */
    public record Layer(
            String name,
            String operator,
            boolean layer,
            List<Integer> output,
            long parameters,
            long multiplyAdds,
            List<Integer> reads) {}

    /** Weights that are not finite: how many of how many. */
    public record NotFinite(String tensor, long count, long total) {}

    /**
     * A gate.
     *
     * @param path names of nodes from the input over it to an output
     * @param inputs of noise that it was tried on
     * @param changed how many answers hang on it
     * @param toClass the answer most often given when it is forced; -1 where none changes
     * @param share of the changed answers that become it
     * @param trigger whether it must be taken for a trigger: at least half of the answers hang on it
     */
    public record Suspect(
            String tensor,
            String join,
            List<String> path,
            int inputs,
            int changed,
            int toClass,
            double share,
            boolean trigger) {
        /** In one sentence. */
        public String sentence() {
            return String.format(
                    Locale.ROOT,
                    "At node %s, %s is worked out of the input past the layers and decides: forced each way, it changes"
                            + " the answer on %d of %d inputs of noise%s. Path: %s.",
                    join,
                    tensor,
                    changed,
                    inputs,
                    changed == 0
                            ? ""
                            : String.format(Locale.ROOT, ", %.0f %% of them to class %d", 100 * share, toClass),
                    String.join(" > ", path));
        }
    }

    /** The multiply-adds in words; a part of them where not all are known. */
    public String multiplyAddsText() {
        return multiplyAdds == 0 && !multiplyAddsComplete
                ? "an unknown number of"
                : (multiplyAddsComplete ? "" : "at least ") + String.format(Locale.ROOT, "%,d", multiplyAdds);
    }

    /** Whether something in it must be taken for an attack, or it cannot be used. */
    public boolean suspicious() {
        return !notFinite.isEmpty() || gates.stream().anyMatch(Suspect::trigger);
    }
}
