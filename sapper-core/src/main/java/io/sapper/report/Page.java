package io.sapper.report;

import io.sapper.result.Results;
import io.sapper.result.RunResult;
import io.sapper.result.RunTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

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
    /** As audits say it, which are the only ones that look at the clock. */
    private static final Pattern CUT_OFF = Pattern.compile("[Tt]ime (\\(--budget\\) )?was used up");

    /**
     * A line of the contents list.
     *
     * @param id of a section of this page
     * @param title its heading, or what it shares with others
     * @param parts of several sections of a kind, each by what tells it from the others; else empty
     */
    public record Link(String id, String title, List<Link> parts) {
        Link(String id, String title) {
            this(id, title, List.of());
        }
    }

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

    /** How far the run can be made again. What the clock cut off goes as far as the machine is fast. */
    public String again() {
        String begin = "With this command, these settings and data of these digests, the run can be made again";
        if (CUT_OFF.matcher(json).find()) {
            return begin + ", but not bit for bit: its time was used up, and how far it comes in that time differs.";
        }
        return begin + ", bit for bit on the same machine"
                + (result.first(RunTable.class).isPresent() ? ", but for runs whose time was used up." : ".");
    }

    /** The contents list: what was found, then the record of the run. */
    public List<Link> contents() {
        List<Link> links = new ArrayList<>();
        Map<Kind, List<Section>> kinds = new LinkedHashMap<>();
        sections.forEach(section ->
                kinds.computeIfAbsent(section.kind(), kind -> new ArrayList<>()).add(section));
        kinds.values().forEach(some -> links.addAll(links(some)));
        links.add(new Link("evidence", "Command, files and data"));
        links.add(new Link("settings", "Settings as used"));
        links.add(new Link("environment", "Versions and environment"));
        if (!result.costs().isEmpty()) {
            links.add(new Link("costs", "What it cost"));
        }
        return List.copyOf(links);
    }

    /** Of all sections of a kind: one line, where each is called by what it is about. */
    private static List<Link> links(List<Section> some) {
        List<Link> parts = some.stream()
                .filter(section -> !section.subject().isEmpty())
                .map(section -> new Link(section.id(), section.subject()))
                .toList();
        return parts.isEmpty()
                ? some.stream()
                        .map(section -> new Link(section.id(), section.title()))
                        .toList()
                : List.of(new Link(some.get(0).id(), some.get(0).kind().title(), parts));
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
