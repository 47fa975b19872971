package io.sapper.report;

import io.sapper.result.Finding;
import io.sapper.result.RunResult;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One section of the page that shows a finding. Public for the templates.
 *
 * @param kind says which template draws it
 * @param id unique in the page; the contents list points to it
 * @param title its heading, unique as well
 * @param subject what tells it from others of its kind; empty where it is the only one, or a number does
 * @param finding what it shows
 * @param index of the finding in the result, from 0, for the page's script
 */
public record Section(Kind kind, String id, String title, String subject, Finding finding, int index) {
    /** All sections in the order of the findings. */
    static List<Section> of(RunResult result) {
        List<Section> sections = new ArrayList<>();
        Map<Kind, Integer> seen = new EnumMap<>(Kind.class);
        for (int index = 0; index < result.findings().size(); index++) {
            Finding finding = result.findings().get(index);
            for (Kind kind : Kind.of(finding.getClass())) {
                if (kind.shows(result, finding)) {
                    sections.add(numbered(kind, seen.merge(kind, 1, Integer::sum), finding, index));
                }
            }
        }
        return sections.stream().map(section -> section.named(sections)).toList();
    }

    private static Section numbered(Kind kind, int number, Finding finding, int index) {
        return number == 1
                ? new Section(kind, kind.id(), kind.title(), "", finding, index)
                : new Section(kind, kind.id() + "-" + number, kind.title() + " (" + number + ")", "", finding, index);
    }

    /** Of several of a kind each is called by what it is about, where that tells them apart. */
    private Section named(List<Section> all) {
        List<String> subjects = all.stream()
                .filter(other -> other.kind == kind)
                .map(other -> other.kind.subject(other.finding))
                .toList();
        boolean apart = subjects.size() > 1
                && !subjects.contains("")
                && subjects.stream().distinct().count() == subjects.size();
        String own = kind.subject(finding);
        return apart ? new Section(kind, id, kind.title() + ": " + own, own, finding, index) : this;
    }

    /** Whether it is the first of its kind, which says how the others are read. */
    public boolean first() {
        return id.equals(kind.id());
    }

    /** The finding as what it is. */
    public <T extends Finding> T as(Class<T> type) {
        return type.cast(finding);
    }
}
