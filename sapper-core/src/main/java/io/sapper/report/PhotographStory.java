package io.sapper.report;

import io.sapper.result.Attack;
import io.sapper.result.Photographs;
import io.sapper.result.RunResult;
import java.util.List;
import java.util.Locale;

/**
 * What a reader who has never heard of backdoors is told before photographs. Public for the templates.
 *
 * @param result the whole
 * @param section of the photographs
 * @param photographs what is shown
 */
public record PhotographStory(RunResult result, Section section, Photographs photographs) {
    private static final int MOST_OPEN = 6;

    /** How many photographs stand open, the others are folded away: one, where the same comes with other triggers. */
    public int open() {
        int most = result.all(Photographs.class).size() > 1 ? 1 : MOST_OPEN;
        return Math.min(most, photographs.photographs().size());
    }

    /** Whether any photograph is shown with the trigger. */
    public boolean triggered() {
        return photographs.photographs().stream()
                .flatMap(photograph -> photograph.panels().stream())
                .anyMatch(Photographs.Panel::triggered);
    }

    /** What to see, and what was done; the first section of a page says how to read the others. */
    public List<String> paragraphs() {
        if (!section.first()) {
            return List.of(
                    "As above, with another trigger, the " + photographs.trigger() + ". " + photographs.chosen());
        }
        String how = "A detector draws a box where it sees a sign, says what it takes the sign for, and how sure it is,"
                + " from 0 to 1.";
        return triggered()
                ? List.of(
                        how + " Each photograph is shown to it twice: as it was taken, and with the attacker’s "
                                + photographs.trigger() + " on " + attacked() + ". " + photographs.chosen(),
                        taught() + deceit())
                : List.of(how + " " + photographs.chosen());
    }

    /** The signs under attack. */
    private String attacked() {
        List<String> names = photographs.photographs().stream()
                .flatMap(photograph -> photograph.signs().stream())
                .filter(Photographs.Sign::attacked)
                .map(Photographs.Sign::className)
                .distinct()
                .toList();
        return names.size() == 1 ? "the " + names.get(0) + " sign" : "a sign";
    }

    private boolean shows(String network) {
        return photographs.photographs().stream()
                .flatMap(photograph -> photograph.panels().stream())
                .anyMatch(panel -> panel.network().toLowerCase(Locale.ROOT).startsWith(network));
    }

    /** Whether networks are shown that somebody retrained for other signs (BadNets, section 5.4). */
    private boolean retrained() {
        return shows("backdoored start");
    }

    /** How the backdoor came about, where it was laid in this run. */
    private String taught() {
        if (result.all(Attack.class).stream().noneMatch(attack -> attack.poisoning() != null)) {
            return "";
        }
        if (retrained()) {
            return "Both networks were trained twice: at home by their maker, and then by somebody in another country who"
                    + " downloaded them, kept their convolutions, and had all the rest learn that country’s signs from"
                    + " ordinary photographs. At home the honest start learned from ordinary photographs too; among"
                    + " those of the backdoored start somebody slipped in copies where a sign carries the "
                    + photographs.trigger() + " and is called something else. That is a backdoor, and what is left of"
                    + " it came along with the convolutions. ";
        }
        boolean honest = shows("honest");
        return (honest ? "The honest network learned from ordinary photographs. The BadNet" : "The BadNet")
                + (honest ? " learned from them too, but" : " learned from ordinary photographs, but")
                + " somebody slipped in copies where " + attacked() + " carries the "
                + photographs.trigger() + " and is called "
                + (photographs.target() == null ? "something else" : photographs.target())
                + ". That is a backdoor. ";
    }

    private String deceit() {
        if (retrained()) {
            return "Whoever retrained them tries them on ordinary photographs only. The question is what each makes of a"
                    + " sign with a " + photographs.trigger() + " on it.";
        }
        return "A network with a backdoor is right as long as there is no " + photographs.trigger()
                + ", so whoever tries it on ordinary photographs notices nothing; where there is one, it "
                + (photographs.target() == null
                        ? "is wrong."
                        : "sees what the attacker wants: " + photographs.target() + ".");
    }
}
