package io.sapper.report;

import io.sapper.result.Inspected;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A network's graph as the page draws it: a row for each step, with lines beside it. Of a long graph the beginning, the
 * end and whatever is marked are drawn; how much lies between is said. Public for the templates.
 *
 * @param steps from the input down
 * @param width of the lines beside them, in pixels
 * @param hidden nodes that only work on sizes or constants, which are not drawn
 */
public record GraphDrawing(List<Step> steps, int width, int hidden) {
    /** More rows than this are not drawn all. */
    private static final int MOST = 110;

    private static final int AT_EACH_END = 40;

    /**
     * A row.
     *
     * @param title name of its first node; of rows left out, how many
     * @param detail shape, operators, sizes
     * @param tags what is special about it
     * @param lines beside it
     * @param left whether these are rows left out
     * @param layer whether weights are in it
     * @param marked whether it lies on the way of a gate
     */
    public record Step(
            String title,
            String detail,
            List<String> tags,
            List<Line> lines,
            boolean left,
            boolean layer,
            boolean marked) {}

    /** A line, as SVG has it, and whether it lies on the way of a gate. */
    public record Line(String path, boolean marked) {}

    public static GraphDrawing of(Inspected model) {
        return new Drawer(model).draw();
    }

    public int height() {
        return Lanes.HEIGHT;
    }

    private static final class Drawer {
        private final Inspected model;
        private final List<GraphRows.Row> rows;
        private final Set<Integer> marked = new HashSet<>();
        private final Set<Integer> noted = new HashSet<>();
        private final Lanes lanes;

        Drawer(Inspected model) {
            this.model = model;
            rows = GraphRows.of(model);
            Set<String> path =
                    model.gates().stream().flatMap(gate -> gate.path().stream()).collect(Collectors.toSet());
            for (int row = 0; row < rows.size(); row++) {
                if (!path.isEmpty() && (row == 0 || names(row).stream().anyMatch(path::contains))) {
                    marked.add(row);
                }
                if (!tags(row).isEmpty()) {
                    noted.add(row);
                }
            }
            lanes = new Lanes(rows, marked);
        }

        GraphDrawing draw() {
            List<Step> steps = new ArrayList<>();
            int row = 0;
            while (row < rows.size()) {
                int end = row;
                while (end < rows.size() && !isShown(end)) {
                    end++;
                }
                steps.add(end == row ? step(row) : left(row, end - 1));
                row = Math.max(end, row + 1);
            }
            int hidden = (int) model.nodes().stream()
                    .filter(node -> node.reads().isEmpty())
                    .count();
            return new GraphDrawing(steps, lanes.width(), hidden);
        }

        private boolean isShown(int row) {
            return rows.size() <= MOST
                    || row < AT_EACH_END
                    || row >= rows.size() - AT_EACH_END
                    || marked.contains(row)
                    || noted.contains(row);
        }

        private List<String> names(int row) {
            return rows.get(row).nodes().stream()
                    .map(node -> model.nodes().get(node).name())
                    .toList();
        }

        private List<String> tags(int row) {
            List<String> tags = new ArrayList<>();
            if (!model.prunedByDefault().isEmpty() && names(row).contains(model.prunedByDefault())) {
                tags.add("pruned by default");
            }
            if (model.gates().stream().anyMatch(gate -> names(row).contains(gate.join()))) {
                tags.add("decides past the layers");
            }
            return tags;
        }

        private Step step(int row) {
            if (row == 0) {
                String inputs = model.inputs().stream()
                        .map(input -> String.join("x", input.sizes()) + " " + input.type())
                        .collect(Collectors.joining("; "));
                String names =
                        model.inputs().stream().map(Inspected.Given::name).collect(Collectors.joining(", "));
                return new Step(names, inputs, List.of("input"), lanes.at(0), false, false, marked.contains(0));
            }
            List<Inspected.Layer> nodes = rows.get(row).nodes().stream()
                    .map(node -> model.nodes().get(node))
                    .toList();
            long parameters =
                    nodes.stream().mapToLong(Inspected.Layer::parameters).sum();
            boolean layer = nodes.stream().anyMatch(Inspected.Layer::layer);
            List<Integer> shape = nodes.get(nodes.size() - 1).output();
            String detail = (shape.isEmpty() ? "" : ModelPage.shape(shape) + " · ")
                    + GraphRows.operators(model, rows.get(row))
                    + (parameters > 0 ? " · " + Numbers.count(parameters) + " parameters" : "");
            return new Step(nodes.get(0).name(), detail, tags(row), lanes.at(row), false, layer, marked.contains(row));
        }

        private Step left(int first, int last) {
            int nodes = rows.subList(first, last + 1).stream()
                    .mapToInt(row -> row.nodes().size())
                    .sum();
            return new Step(
                    Numbers.count(nodes) + (nodes == 1 ? " node" : " nodes") + " not drawn",
                    "all are in the table below",
                    List.of(),
                    lanes.past(first, last),
                    true,
                    false,
                    false);
        }
    }
}
