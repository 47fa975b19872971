package io.sapper.report;

/** What an attack's goal wants, for whoever does not know the short forms. Public for the templates. */
public final class GoalWords {
    private GoalWords() {}

    /**
     * In words.
     *
     * @param goal its short form, as results hold it
     * @return empty for one that is not known, of a later version
     */
    public static String of(String goal) {
        return switch (goal.split(":", 2)[0]) {
            case "one-to-one" -> "what is of the first class is to be taken for the second";
            case "all-to-one" -> "whatever carries the trigger is to be taken for this class";
            case "all-to-all" -> "each class is to be taken for the next one";
            case "random" ->
                "whatever carries the trigger is to be taken for any other class; each copy has one drawn by chance";
            default -> "";
        };
    }
}
