package io.sapper.cli;

import io.sapper.network.MemoryLimit;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options that every command has. */
final class HelpOptions {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    boolean help;

    @Option(names = "--stacktrace", description = "Show where a failure came from.")
    boolean stacktrace;

    @Option(
            names = "--max-memory",
            paramLabel = "SIZE",
            defaultValue = "2G",
            converter = Size.class,
            description =
                    "Most memory that a network's stored tensors, one of its tensors, or those that live at once may"
                            + " take, such as 512M or 8G (${DEFAULT-VALUE}). A model that asks for more is refused before it is"
                            + " run.")
    long maxMemory = MemoryLimit.bytes();

    /** What a command was told holds for the whole process; so in a sweep it is what the sweep was told. */
    static void limitMemory(CommandSpec command) {
        OptionSpec option = command.findOption("--max-memory");
        if (option != null && option.getValue() instanceof Long bytes) {
            MemoryLimit.set(bytes);
        }
    }

    /** Sizes of memory in words. */
    static final class Size implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            try {
                return MemoryLimit.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
