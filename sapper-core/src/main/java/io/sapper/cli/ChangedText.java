package io.sapper.cli;

import io.sapper.result.Changes;
import java.util.ArrayList;
import java.util.List;

/** What a repaired file has changed, in a few lines of a terminal; the whole list is in the result. */
final class ChangedText {
    private static final int WIDTH = 80;

    private ChangedText() {}

    static List<String> lines(Changes changes) {
        List<String> lines = new ArrayList<>(List.of(""));
        List<String> names =
                changes.tensors().stream().map(Changes.ChangedTensor::name).toList();
        String head = changes.file() + ": " + names.size() + " of " + changes.stored() + " stored tensors changed"
                + (names.isEmpty() ? "" : ":");
        lines.add(head);
        if (!names.isEmpty()) {
            lines.add(listed(names));
        }
        changes.nodes()
                .forEach(node -> lines.add(shortened("  added: " + node.operator() + " " + node.name() + ", "
                        + node.channels() + (node.channels() == 1 ? " channel" : " channels") + " off")));
        return lines;
    }

    /** As many names as a line has room for. */
    private static String listed(List<String> names) {
        StringBuilder line = new StringBuilder("  ").append(shortened(names.get(0)));
        for (int i = 1; i < names.size(); i++) {
            String rest = ", and " + (names.size() - i) + " more";
            boolean last = i == names.size() - 1;
            int needed = line.length() + 2 + names.get(i).length() + (last ? 0 : rest.length());
            if (needed > WIDTH) {
                return line + rest;
            }
            line.append(", ").append(names.get(i));
        }
        return line.toString();
    }

    private static String shortened(String text) {
        int most = WIDTH - ", and 99999 more".length() - 2;
        return text.length() <= most ? text : text.substring(0, most - 3) + "...";
    }
}
