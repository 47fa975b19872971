package io.sapper.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Stack;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Takes what stands behind {@code --classes}: one word, and all after it that hold {@code =}. So a model may stand
 * behind them, which a list of any words would swallow.
 */
final class ClassWords implements IParameterConsumer {
    @Override
    public void consumeParameters(Stack<String> words, ArgSpec option, CommandSpec command) {
        if (words.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(), "Missing required parameter for option '--classes' (FILE or NEW=OLD,...)");
        }
        List<String> taken = new ArrayList<>();
        List<?> before = option.getValue();
        if (before != null) {
            before.forEach(word -> taken.add(word.toString())); // said twice
        }
        taken.add(words.pop());
        while (!words.isEmpty() && words.peek().contains("=") && !words.peek().startsWith("-")) {
            taken.add(words.pop());
        }
        option.setValue(taken);
    }
}
