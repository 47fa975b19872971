package io.sapper.network;

import io.sapper.network.operator.NotSupported;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sizes of what a node makes that runs graphs inside it: of the branch that is taken, where that is known; else of
 * what both branches agree on; of what a loop carries on, where no round changes its sizes.
 */
final class InnerSizes {
    private InnerSizes() {}

    /**
     * The shape of each output; null where it is not known before the network runs.
     *
     * @throws IllegalArgumentException if the graphs that would run contradict themselves; names the node inside
     */
    static List<long @Nullable []> of(Node node, Sizing around) {
        return switch (node.operator().name()) {
            case "If" -> branches(node, around);
            case "Loop" -> carried(node, around, 2, Math.max(0, node.inputs().size() - 2));
            case "Scan" -> carried(node, around, 0, scanStates(node));
            default -> List.of();
        };
    }

    private static int scanStates(Node node) {
        long scanned = node.operator().attributes().integer("num_scan_inputs", 0);
        return (int) Math.max(0, Math.min(node.inputs().size(), node.inputs().size() - scanned));
    }

    private static List<long @Nullable []> branches(Node node, Sizing around) {
        Body then = node.operator().attributes().body("then_branch");
        Body otherwise = node.operator().attributes().body("else_branch");
        Initializer condition = around.constant(node.input(0));
        if (condition != null && condition.size() == 1) {
            return taken(node, condition.integer(0) != 0 ? then : otherwise, around);
        }
        return agreed(then, otherwise, around);
    }

    /** Of the one branch that is taken; numbers that are known in it are known behind the node too. */
    private static List<long @Nullable []> taken(Node node, Body body, Sizing around) {
        Sizing inside = around.inside(body, Map.of());
        for (int i = 0; i < Math.min(node.outputs().size(), body.outputs().size()); i++) {
            Initializer value = inside.constant(body.outputs().get(i));
            if (value != null && !node.outputs().get(i).isEmpty()) {
                around.keepConstant(node.outputs().get(i), value);
            }
        }
        return shapes(body, inside);
    }

    /**
     * A branch that does not fit inputs of these sizes is not the one that is taken, or the run ends there: exporters
     * leave such ones behind (Squeeze where there is nothing to squeeze). So the other one says what comes out.
     */
    private static List<long @Nullable []> agreed(Body then, Body otherwise, Sizing around) {
        List<long @Nullable []> first;
        try {
            first = shapes(then, around.inside(then, Map.of()));
        } catch (NotSupported e) {
            throw e;
        } catch (IllegalArgumentException e) {
            return shapes(otherwise, around.inside(otherwise, Map.of()));
        }
        try {
            return same(first, shapes(otherwise, around.inside(otherwise, Map.of())));
        } catch (NotSupported e) {
            throw e;
        } catch (IllegalArgumentException e) {
            return first;
        }
    }

    private static List<long @Nullable []> same(List<long @Nullable []> one, List<long @Nullable []> other) {
        List<long @Nullable []> agreed = new ArrayList<>();
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            agreed.add(Arrays.equals(one.get(i), other.get(i)) ? one.get(i) : null);
        }
        return agreed;
    }

    private static List<long @Nullable []> shapes(Body body, Sizing inside) {
        List<long @Nullable []> shapes = new ArrayList<>();
        for (String output : body.outputs()) {
            shapes.add(inside.anyShapeOrNull(output));
        }
        return shapes;
    }

    /**
     * Of what a loop carries from round to round, if one round leaves all their sizes as they are: then any number of
     * rounds does. One round is looked at, for each more would double the work with each loop inside a loop.
     *
     * @param before inputs of the node before those that are carried, and of its graph
     */
    private static List<long @Nullable []> carried(Node node, Sizing around, int before, int count) {
        Body body = node.operator().attributes().body("body");
        Map<String, long[]> given = new HashMap<>();
        List<long @Nullable []> states = new ArrayList<>();
        for (int i = 0; i < Math.min(before, body.inputs().size()); i++) {
            given.put(body.inputs().get(i), new long[0]); // number of the round, whether to go on
        }
        for (int i = 0; i < count && before + i < body.inputs().size(); i++) {
            long[] shape = around.anyShapeOrNull(node.input(before + i));
            states.add(shape);
            if (shape != null) {
                given.put(body.inputs().get(before + i), shape);
            }
        }
        List<long @Nullable []> after;
        try {
            after = shapes(body, around.inside(body, given));
        } catch (NotSupported e) {
            throw e;
        } catch (IllegalArgumentException e) {
            return List.of(); // it may not be gone round once
        }
        int condition = before == 0 ? 0 : 1; // what a Loop's graph gives first is whether to go on
        for (int i = 0; i < states.size(); i++) {
            if (condition + i >= after.size() || !Arrays.equals(states.get(i), after.get(condition + i))) {
                return List.of();
            }
        }
        return states;
    }
}
