package io.sapper.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * A command that a sweep can run: one that prints a result.
 *
 * @param all every command, to parse with
 * @param spec what this one can be told
 */
record SweptCommand(CommandLine all, CommandSpec spec) {
    private static final List<String> VERBS = List.of("train", "attack", "evaluate", "audit", "repair", "reproduce");

    /** What a sweep says itself, or what makes no sense in one. */
    private static final List<String> NOT_SET =
            List.of("out", "json", "help", "stacktrace", "max-memory", "resume", "preview");

    /**
     * The command of this verb.
     *
     * @throws IllegalArgumentException if there is none
     */
    static SweptCommand of(String verb) {
        if (!VERBS.contains(verb)) {
            throw new IllegalArgumentException(
                    "A sweep does not run '" + verb + "'. It runs: " + String.join(", ", VERBS) + ".");
        }
        CommandLine all = Sapper.commandLine(Session.parsing());
        CommandLine one = Objects.requireNonNull(all.getSubcommands().get(verb), "Sapper lists all its commands.");
        return new SweptCommand(all, one.getCommandSpec());
    }

    /** Whether it has an option of this name, without dashes. */
    boolean has(String name) {
        return spec.findOption("--" + name) != null;
    }

    /**
     * The words that set an option, or what the command is given first, to a value.
     *
     * @throws IllegalArgumentException if the command has no such setting, or a sweep does not set it
     */
    List<String> words(String name, String value) {
        if (NOT_SET.contains(name)) {
            throw new IllegalArgumentException("'" + name + "' is not set by a grid."
                    + (name.equals("max-memory") ? " It holds for the whole sweep: say it there." : " Leave it out."));
        }
        OptionSpec option = spec.findOption("--" + name);
        if (option == null) {
            return positional(name, value);
        }
        if (option.arity().max() == 0) {
            return flag(name, value);
        }
        List<String> words = new ArrayList<>(List.of("--" + name));
        words.addAll(option.arity().max() > 1 ? Arrays.asList(value.strip().split("\\s+")) : List.of(value));
        return words;
    }

    private List<String> positional(String name, String value) {
        return parameters()
                .filter(name::equals)
                .findFirst()
                .map(found -> List.of(value))
                .orElseThrow(() -> new IllegalArgumentException("'" + spec.name() + "' has no setting '" + name
                        + "'. It has: " + String.join(", ", names()) + "."));
    }

    private Stream<String> parameters() {
        return spec.positionalParameters().stream().map(PositionalParamSpec::paramLabel);
    }

    private static List<String> flag(String name, String value) {
        return switch (value) {
            case "true" -> List.of("--" + name);
            case "false" -> List.of();
            default ->
                throw new IllegalArgumentException("The setting '" + name + "' is true or false, not '" + value + "'.");
        };
    }

    private List<String> names() {
        return Stream.concat(
                        parameters(),
                        spec.options().stream()
                                .map(option -> option.longestName().replaceFirst("^--", ""))
                                .filter(name -> !NOT_SET.contains(name))
                                .sorted())
                .toList();
    }

    /** All words of a run, with where to write if it writes. */
    List<String> whole(List<String> arguments, String out) {
        List<String> words = new ArrayList<>(arguments);
        words.add("--json");
        if (has("out")) {
            words.addAll(List.of("--out", out));
        }
        return words;
    }

    /**
     * Parses the words of a run, so that what is wrong with them is said before anything is run.
     *
     * @throws IllegalArgumentException if they cannot be parsed
     */
    void check(List<String> arguments) {
        try {
            all.parseArgs(whole(arguments, "there").toArray(String[]::new));
        } catch (CommandLine.ParameterException e) {
            throw new IllegalArgumentException("'" + String.join(" ", arguments) + "' cannot be run: " + problem(e), e);
        }
    }

    private static String problem(CommandLine.ParameterException e) {
        String message = Optional.ofNullable(e.getMessage()).orElse("its words are wrong");
        return message.endsWith(".") ? message : message + ".";
    }
}
