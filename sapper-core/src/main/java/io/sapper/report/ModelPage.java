package io.sapper.report;

import gg.jte.output.StringOutput;
import io.sapper.data.Plain;
import io.sapper.result.Inspected;
import io.sapper.result.Outcome;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What {@code inspect} found as one HTML file that needs nothing else and runs no script. Public for the templates.
 *
 * @param model what was found
 * @param drawing of its graph
 * @param style CSS
 */
public record ModelPage(Inspected model, GraphDrawing drawing, String style) {
    /** Longer tables are left out on paper. */
    private static final int MOST_PRINTED = 130;

    private static final int FOLDED_FROM = 40;

    /** The page as text. */
    public static String render(Inspected model) {
        StringOutput html = new StringOutput(1 << 18);
        ModelPage page = new ModelPage(model, GraphDrawing.of(model), Asset.STYLE.text());
        Report.TEMPLATES.render("model.jte", page, html);
        return Plain.text(html.toString()); // names come from the file
    }

    /** Styles only. */
    public String policy() {
        return "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
    }

    public Outcome outcome() {
        return model.suspicious() ? Outcome.BAD : Outcome.UNKNOWN;
    }

    public String mark() {
        return model.suspicious() ? "Suspicious" : "Nothing suspicious in the graph";
    }

    /** The one thing to know. */
    public String sentence() {
        if (model.gates().stream().anyMatch(Inspected.Suspect::trigger)) {
            return "A trigger may be built into the graph: part of it decides about the answer past the layers.";
        }
        return model.notFinite().isEmpty()
                ? "No part of it decides past the layers. A backdoor that was trained into the weights does not show"
                        + " here."
                : "Some weights are not finite, so the answers mean nothing.";
    }

    /** All warnings but those that have a place of their own. */
    public List<String> warnings() {
        return model.warnings().stream()
                .filter(line -> !line.contains("are not finite"))
                .toList();
    }

    public String writtenBy() {
        String opsets = model.opsets().entrySet().stream()
                .map((Map.Entry<String, Long> one) -> one.getKey() + " " + one.getValue())
                .collect(Collectors.joining(", "));
        return (model.producer().isEmpty() ? "an unnamed program" : model.producer())
                + (opsets.isEmpty() ? "" : ", opset " + opsets);
    }

    public String input(Inspected.Given input) {
        return input.type() + " " + String.join("x", input.sizes())
                + (input.layout().isEmpty() ? "" : " (" + input.layout() + ")");
    }

    /** For example {@code 16x24x24}; empty where it is not known. */
    public static String shape(List<Integer> shape) {
        return shape.stream().map(String::valueOf).collect(Collectors.joining("x"));
    }

    /** A number of which most are 0. */
    public String some(long number) {
        return number == 0 ? "" : Numbers.count(number);
    }

    /** Whether the table of nodes stands open. */
    public boolean open() {
        return model.nodes().size() < FOLDED_FROM;
    }

    public boolean printed() {
        return model.nodes().size() <= MOST_PRINTED;
    }
}
