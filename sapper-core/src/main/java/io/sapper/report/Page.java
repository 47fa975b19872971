package io.sapper.report;

import io.sapper.result.Results;
import io.sapper.result.RunResult;
import java.util.ArrayList;
import java.util.List;

/**
 * What the page template takes: the result, and the parts that go into the page as they are.
 *
 * @param result what to draw
 * @param sections the findings, in order
 * @param json the result for the page's script, safe inside {@code <script>}
 * @param style CSS
 * @param charting the source of Apache ECharts, safe inside {@code <script>}
 * @param script the page's own script
 * @param policy content security policy: no request at all, and no script but these two
 */
public record Page(
        RunResult result,
        List<Section> sections,
        String json,
        String style,
        String charting,
        String script,
        String policy) {
    /**
     * A line of the contents list.
     *
     * @param id of a section of this page
     * @param title its heading
     */
    public record Link(String id, String title) {}

    static Page of(RunResult result) {
        List<Section> sections = Section.of(result);
        String charting = Asset.ECHARTS.text();
        String script = Asset.SCRIPT.text();
        return new Page(
                result,
                sections,
                Results.toJson(result).replace("<", "\\u003c"),
                Asset.STYLE.text(),
                charting,
                script,
                policy(Asset.digest(charting), Asset.digest(script)));
    }

    /** The contents list: what was found, then the record of the run. */
    public List<Link> contents() {
        List<Link> links = new ArrayList<>();
        sections.forEach(section -> links.add(new Link(section.id(), section.title())));
        links.add(new Link("evidence", "Command, files and data"));
        links.add(new Link("settings", "Settings as used"));
        links.add(new Link("environment", "Versions and environment"));
        if (!result.costs().isEmpty()) {
            links.add(new Link("costs", "What it cost"));
        }
        return List.copyOf(links);
    }

    private static String policy(String... scripts) {
        StringBuilder allowed = new StringBuilder();
        for (String script : scripts) {
            allowed.append(" 'sha256-").append(script).append("'");
        }
        return "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src" + allowed
                + "; base-uri 'none'; form-action 'none'";
    }
}
