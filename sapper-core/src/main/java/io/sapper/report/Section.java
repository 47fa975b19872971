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
 * @param finding what it shows
 * @param index of the finding in the result, from 0, for the page's script
 */
public record Section(Kind kind, String id, String title, Finding finding, int index) {
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
        return List.copyOf(sections);
    }

    private static Section numbered(Kind kind, int number, Finding finding, int index) {
        return number == 1
                ? new Section(kind, kind.id(), kind.title(), finding, index)
                : new Section(kind, kind.id() + "-" + number, kind.title() + " (" + number + ")", finding, index);
    }

    /** The finding as what it is. */
    public <T extends Finding> T as(Class<T> type) {
        return type.cast(finding);
    }
}
