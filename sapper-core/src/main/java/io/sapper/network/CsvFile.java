package io.sapper.network;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tables with commas between the cells, a head line, and quotation marks around cells that hold commas (RFC 4180). */
final class CsvFile {
    private CsvFile() {}

    /** Each row after the head: its cells by the head's names. Cells that are not there are empty. */
    static List<Map<String, String>> read(Path file) throws IOException {
        List<List<String>> rows = rows(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        List<Map<String, String>> named = new ArrayList<>();
        for (List<String> row : rows.subList(Math.min(1, rows.size()), rows.size())) {
            Map<String, String> cells = new LinkedHashMap<>();
            for (int i = 0; i < rows.get(0).size(); i++) {
                cells.put(rows.get(0).get(i), i < row.size() ? row.get(i) : "");
            }
            named.add(cells);
        }
        return named;
    }

    private static List<List<String>> rows(String text) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (next == '"') {
                boolean twice = quoted && i + 1 < text.length() && text.charAt(i + 1) == '"';
                if (twice) {
                    cell.append(next);
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (quoted || (next != ',' && next != '\n')) {
                if (quoted || next != '\r') {
                    cell.append(next);
                }
            } else {
                row.add(cell.toString());
                cell.setLength(0);
                if (next == '\n') {
                    rows.add(row);
                    row = new ArrayList<>();
                }
            }
        }
        if (!row.isEmpty() || !cell.isEmpty()) {
            row.add(cell.toString());
            rows.add(row);
        }
        return rows;
    }
}
