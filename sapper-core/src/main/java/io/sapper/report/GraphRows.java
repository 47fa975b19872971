package io.sapper.report;

import io.sapper.result.Inspected;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A graph as rows from top to bottom, for drawing. A layer and what follows it one by one is one row; nodes that only
 * work on sizes or constants have none.
 */
final class GraphRows {
    /**
     * A row.
     *
     * @param nodes places of its nodes in the graph; none for the input
     * @param targets rows that read it, each below it, in order
     */
    record Row(List<Integer> nodes, Set<Integer> targets) {}

    private final Inspected model;
    private final List<Row> rows = new ArrayList<>();
    private final Map<Integer, Integer> rowOf = new HashMap<>();

    private GraphRows(Inspected model) {
        this.model = model;
    }

    static List<Row> of(Inspected model) {
        return new GraphRows(model).build();
    }

    private List<Row> build() {
        Map<Integer, Set<Integer>> readers = new HashMap<>();
        for (int i = 0; i < model.nodes().size(); i++) {
            for (int read : model.nodes().get(i).reads()) {
                readers.computeIfAbsent(read, unused -> new HashSet<>()).add(i);
            }
        }
        add(List.of());
        rowOf.put(-1, 0);
        for (int i = 0; i < model.nodes().size(); i++) {
            Inspected.Layer node = model.nodes().get(i);
            if (!node.reads().isEmpty()) {
                place(i, node, readers);
            }
        }
        return rows;
    }

    private void place(int i, Inspected.Layer node, Map<Integer, Set<Integer>> readers) {
        int before = node.reads().get(0);
        boolean follows = node.reads().size() == 1
                && before >= 0
                && readers.getOrDefault(before, Set.of()).size() == 1
                && !node.layer()
                && !node.name().equals(model.prunedByDefault())
                && isLast(before);
        if (follows) {
            rows.get(row(before)).nodes().add(i);
            rowOf.put(i, row(before));
            return;
        }
        add(List.of(i));
        rowOf.put(i, rows.size() - 1);
        node.reads().forEach(read -> rows.get(row(read)).targets().add(rows.size() - 1));
    }

    private void add(List<Integer> nodes) {
        rows.add(new Row(new ArrayList<>(nodes), new TreeSet<>()));
    }

    private int row(int node) {
        return rowOf.getOrDefault(node, 0);
    }

    private boolean isLast(int node) {
        List<Integer> nodes = rows.get(row(node)).nodes();
        return nodes.get(nodes.size() - 1) == node;
    }

    /** The operators of a row, one after the other, each once. */
    static String operators(Inspected model, Row row) {
        Set<String> names = row.nodes().stream()
                .map(node -> model.nodes().get(node).operator())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return String.join(", ", names);
    }
}
