package io.sapper.cli;

import io.sapper.data.MalformedFileException;
import io.sapper.data.Plain;
import io.sapper.data.Reason;
import io.sapper.network.Contradiction;
import io.sapper.network.UnsupportedModelException;
import io.sapper.network.operator.NotSupported;
import io.sapper.signing.UnsupportedSignatureException;
import io.sapper.training.TrainingDivergedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns every failure into one line with the way out, and an exit code. */
final class Failures implements IExecutionExceptionHandler {
    private static final Pattern MISSING = Pattern.compile("(\\S+): cannot open shared object file");

    @Override
    public int handleExecutionException(Exception failure, CommandLine line, ParseResult parsed) {
        return report(failure, line.getErr(), parsed.originalArgs().toArray(String[]::new));
    }

    /** Says what went wrong, with the stack trace if the arguments ask for it; returns the exit code. */
    static int report(Throwable failure, PrintWriter err, String... arguments) {
        err.println(Plain.line("sapper: " + oneLine(culprit(failure))));
        trace(failure, err, arguments);
        return code(culprit(failure));
    }

    static int usage(ParameterException failure, String[] arguments) {
        CommandLine line = failure.getCommandLine();
        line.getErr()
                .println(Plain.line("sapper: " + problem(failure) + " See '"
                        + line.getCommandSpec().qualifiedName() + " --help'."));
        trace(failure, line.getErr(), arguments);
        return ExitCode.USAGE;
    }

    private static void trace(Throwable failure, PrintWriter err, String... arguments) {
        if (Arrays.asList(arguments).contains("--stacktrace")) {
            failure.printStackTrace(err);
        }
        err.flush();
    }

    private static int code(Throwable failure) {
        if (failure instanceof UnsupportedModelException
                || failure instanceof UnsupportedSignatureException
                || failure instanceof NotSupported) {
            return ExitCode.UNSUPPORTED;
        }
        if (failure instanceof Contradiction) {
            return ExitCode.MALFORMED;
        }
        return failure instanceof IllegalArgumentException ? ExitCode.USAGE : ExitCode.MALFORMED;
    }

    /** What really happened: threads and streams wrap what they met. */
    private static Throwable culprit(Throwable failure) {
        Throwable cause = failure.getCause();
        boolean wrapper = failure instanceof IllegalStateException || failure instanceof UncheckedIOException;
        return wrapper && cause != null ? culprit(cause) : failure;
    }

    private static String oneLine(Throwable failure) {
        if (failure instanceof IOException io) {
            return Reason.of(io);
        } else if (failure instanceof IllegalArgumentException
                || failure instanceof TrainingDivergedException
                || failure instanceof UnsupportedModelException) {
            return flat(String.valueOf(failure.getMessage()));
        } else if (failure instanceof Error error) {
            return error(error);
        } else if (failure.getClass() == RuntimeException.class) {
            return libtorch(firstLine(failure));
        }
        return failure.getClass().getSimpleName() + ": " + flat(String.valueOf(failure.getMessage()))
                + " (--stacktrace shows where)";
    }

    static String error(Error failure) {
        String message = firstLine(failure);
        if (failure instanceof OutOfMemoryError) {
            return "Java ran out of memory (" + message + "; its heap is at most "
                    + Runtime.getRuntime().maxMemory() / (1 << 20)
                    + " MiB). Give it more: SAPPER_JAVA_OPTS=-Xmx4g.";
        } else if (failure instanceof LinkageError && !missing(failure).isEmpty()) {
            return "A library is missing on this machine: " + missing(failure)
                    + ". Install it; the build with the profile cuda needs CUDA 13 and cuDNN 9.";
        } else if (failure instanceof LinkageError) {
            return "A library cannot be loaded (" + message.replaceFirst(" in java\\.library\\.path.*", "")
                    + "). Maybe Sapper was built on another platform: build it again on this one with 'mvn clean"
                    + " package'. Or there is no room to unpack natives: name another folder with"
                    + " SAPPER_JAVA_OPTS=-Dorg.bytedeco.javacpp.cachedir=DIR.";
        } else if (failure instanceof StackOverflowError) {
            return "Java's stack is full: something is nested too deeply. Give it more: SAPPER_JAVA_OPTS=-Xss16m.";
        }
        return failure.getClass().getSimpleName() + ": " + message + " (--stacktrace shows where)";
    }

    /** The system library that one of ours asked for in vain; empty if it is not that. */
    private static String missing(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Matcher matcher = MISSING.matcher(String.valueOf(cause.getMessage()));
            if (matcher.find()) {
                return matcher.group(1);
            }
        }
        return "";
    }

    /** JavaCPP throws plain RuntimeExceptions with a C++ stack trace behind the first line, and source files in it. */
    private static String libtorch(String message) {
        String plain = message.replaceFirst("^\\[enforce fail at [^]]*] (err == 0\\. )?", "")
                .replaceAll(" at \"?[^ \"]*\\.(cpp|h|cu|cuh)\"?:\\d+", "");
        String hint = plain.matches("(?i).*(can't allocate|not enough|out of) memory.*")
                ? " Maybe fewer --threads, a smaller --batch, or a machine with more memory."
                : " (--stacktrace shows where)";
        return "libtorch failed: " + plain + hint;
    }

    private static String problem(ParameterException failure) {
        if (failure instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched);
        }
        String message = flat(String.valueOf(failure.getMessage()))
                .replaceFirst(" is not an? (int|long)$", " is not a whole number, or too large a one")
                .replaceFirst(" is not a double$", " is not a number")
                .replaceFirst("^Unknown subcommand", "Unknown command");
        return message.endsWith(".") ? message : message + ".";
    }

    private static String unmatched(UnmatchedArgumentException failure) {
        String first = failure.getUnmatched().get(0);
        boolean command = !failure.getCommandLine().getSubcommands().isEmpty();
        String kind = first.startsWith("-") ? "option" : command ? "command" : "argument";
        List<String> suggestions = failure.getSuggestions();
        return "Unknown " + kind + " '" + flat(first) + "'."
                + (suggestions.isEmpty() ? "" : " Maybe " + String.join(" or ", suggestions) + " is meant.");
    }

    private static String firstLine(Throwable failure) {
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return flat(message.strip().lines().findFirst().orElse(""));
    }

    private static String flat(String message) {
        return MalformedFileException.oneLine(message.replaceAll("\\s*\\R\\s*", " "));
    }
}
