package io.sapper.cli;

import io.sapper.data.MalformedFileException;
import io.sapper.network.UnsupportedModelException;
import io.sapper.training.TrainingDivergedException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns every failure into one line and an exit code. */
final class Failures implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception failure, CommandLine line, ParseResult parsed) {
        line.getErr().println("sapper: " + oneLine(failure));
        if (parsed.originalArgs().contains("--stacktrace")) {
            failure.printStackTrace(line.getErr());
        }
        return code(failure);
    }

    static int usage(ParameterException failure, String[] arguments) {
        CommandLine line = failure.getCommandLine();
        line.getErr()
                .println("sapper: " + flat(String.valueOf(failure.getMessage())) + " See '"
                        + line.getCommandSpec().qualifiedName() + " --help'.");
        if (Arrays.asList(arguments).contains("--stacktrace")) {
            failure.printStackTrace(line.getErr());
        }
        return ExitCode.USAGE;
    }

    static int code(Exception failure) {
        if (failure instanceof UnsupportedModelException) {
            return ExitCode.UNSUPPORTED;
        }
        return failure instanceof IllegalArgumentException ? ExitCode.USAGE : ExitCode.MALFORMED;
    }

    private static String oneLine(Exception failure) {
        String message = flat(String.valueOf(failure.getMessage()));
        if (failure instanceof AccessDeniedException) {
            return message + ": no permission. Maybe another folder.";
        } else if (failure instanceof FileAlreadyExistsException) {
            return message + ": there is a file of that name already. Maybe another folder.";
        } else if (failure instanceof NoSuchFileException) {
            return message + ": there is no such file.";
        } else if (failure instanceof ReadOnlyFileSystemException) {
            return "the output folder is read-only. Maybe another folder with --out.";
        } else if (failure instanceof IllegalArgumentException
                || failure instanceof TrainingDivergedException
                || failure instanceof MalformedFileException
                || failure instanceof UnsupportedModelException
                || failure instanceof IOException) {
            return message;
        }
        return failure.getClass().getSimpleName() + ": " + message + " (--stacktrace shows where)";
    }

    private static String flat(String message) {
        return message.replaceAll("\\s*\\R\\s*", " ");
    }
}
