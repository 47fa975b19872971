package io.sapper.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A phrase of the result, set for people: the number first, what stands in brackets behind it smaller, names of options
 * as code. Public for the templates.
 *
 * @param head up to the first bracket, comma or semicolon that is followed by more; a sentence is not cut
 * @param rest what follows, without the brackets if they hold all of it; empty where there is nothing
 */
public record Phrase(String head, String rest) {
    private static final Pattern CUT = Pattern.compile(" \\(|[,;] ");
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]*[a-z]");

    /**
     * A piece of text.
     *
     * @param code whether it is to be set as code
     * @param text as it is
     */
    public record Piece(boolean code, String text) {}

    public static Phrase of(String text) {
        Matcher cut = CUT.matcher(text);
        if (text.endsWith(".") || !cut.find() || cut.start() == 0) {
            return new Phrase(text, "");
        }
        String rest = text.substring(cut.start()).replaceFirst("^[,;]? ", "");
        boolean wrapped = rest.startsWith("(") && rest.indexOf(')') == rest.length() - 1;
        return new Phrase(text.substring(0, cut.start()), wrapped ? rest.substring(1, rest.length() - 1) : rest);
    }

    /** A text cut where options begin and end. */
    public static List<Piece> pieces(String text) {
        String typeset = Numbers.typeset(text);
        List<Piece> pieces = new ArrayList<>();
        Matcher option = OPTION.matcher(typeset);
        int from = 0;
        while (option.find()) {
            pieces.add(new Piece(false, typeset.substring(from, option.start())));
            pieces.add(new Piece(true, option.group()));
            from = option.end();
        }
        pieces.add(new Piece(false, typeset.substring(from)));
        return pieces.stream().filter(piece -> !piece.text().isEmpty()).toList();
    }
}
