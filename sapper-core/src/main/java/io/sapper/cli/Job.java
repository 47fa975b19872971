package io.sapper.cli;

import io.sapper.data.KnownData;
import io.sapper.data.detection.SceneFolder;
import io.sapper.data.image.CifarReader;
import io.sapper.data.image.IdxFolder;
import io.sapper.experiment.Setup;
import io.sapper.report.Report;
import io.sapper.result.Results;
import io.sapper.result.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The course of every command that runs something: take the output folder, load the data, run, write, print.
 *
 * @param common what the command was told
 * @param data name or folder of the data
 * @param inputs files read, which must not be written over
 */
record Job(Common common, String data, List<Path> inputs) {
    private static final String RESULT = "result.json";
    private static final String REPORT = "report.html";

    Job(Common common, String data) {
        this(common, data, List.of());
    }

    /** What is done once the data are there. */
    @FunctionalInterface
    interface Work<T> {
        T run(Setup setup) throws IOException;
    }

    /** Runs and prints the result; writes nothing. Returns the exit code. */
    int show(Work<RunResult> work) throws IOException {
        return show(console -> common.setup(data, console), work::run);
    }

    /** As {@link #show(Work)}, with data of another kind. */
    <D> int show(Loading<D> loading, Using<D, RunResult> work) throws IOException {
        try (Console console = common.session().console().get()) {
            return print(work.run(loading.load(console)), null);
        }
    }

    /** Runs, writes {@code result.json} and {@code report.html} and prints the result; returns the exit code. */
    int write(Path out, String model, Work<RunResult> work) throws IOException {
        return write(out, List.of(model), work);
    }

    /** As {@link #write(Path, String, Work)}, for work that writes these files. */
    int write(Path out, List<String> models, Work<RunResult> work) throws IOException {
        return write(out, models, console -> common.setup(data, console), work::run);
    }

    /** As {@link #write(Path, List, Work)}, with data of another kind. */
    <D> int write(Path out, List<String> models, Loading<D> loading, Using<D, RunResult> work) throws IOException {
        List<String> outputs = new ArrayList<>(models);
        outputs.addAll(List.of(RESULT, REPORT));
        RunResult result = into(out, outputs, loading, loaded -> {
            RunResult found = work.run(loaded);
            Results.write(found, out.resolve(RESULT));
            if (common.session().pages()) {
                Report.write(found, out.resolve(REPORT));
            }
            return found;
        });
        return print(result, out);
    }

    /** As {@link #write(Path, List, Work)}; where there is no folder, as {@link #show(Work)}. */
    int showOrWrite(Optional<Path> out, List<String> files, Work<RunResult> work) throws IOException {
        return out.isPresent() ? write(out.get(), files, work) : show(work);
    }

    /** Runs with the output folder taken for these files. */
    <T> T into(Path out, List<String> outputs, Work<T> work) throws IOException {
        return into(out, outputs, console -> common.setup(data, console), work::run);
    }

    /** Loads data of some kind. */
    @FunctionalInterface
    interface Loading<D> {
        D load(Console console) throws IOException;
    }

    /** What is done with them. */
    @FunctionalInterface
    interface Using<D, T> {
        T run(D loaded) throws IOException;
    }

    /** As {@link #into(Path, List, Work)}, with data of another kind. */
    <D, T> T into(Path out, List<String> outputs, Loading<D> loading, Using<D, T> work) throws IOException {
        checkApart(out);
        try (OutputFolder folder = OutputFolder.open(out, common.command(), outputs, inputs);
                Console console = common.session().console().get()) {
            D loaded = loading.load(console);
            try {
                return work.run(loaded);
            } catch (IOException e) {
                throw DiskFull.explained(e, folder.path());
            }
        }
    }

    /** What is written among folders of pictures would be taken for a class the next time. */
    private void checkApart(Path out) throws IOException {
        Path folder;
        try {
            folder = Path.of(data).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            return; // no folder, then
        }
        boolean pictures = !data.isBlank()
                && KnownData.named(data).isEmpty()
                && Files.isDirectory(folder)
                && !IdxFolder.is(folder)
                && !CifarReader.is(folder);
        if (pictures && out.toAbsolutePath().normalize().startsWith(folder)) {
            throw new IllegalArgumentException("--out " + out + " lies in the folder of the data, " + data
                    + ", where it would be taken for data"
                    + (SceneFolder.is(folder) ? "" : ": each folder is a class")
                    + ". Maybe another folder with --out.");
        }
    }

    /** Bad is not good enough; what cannot be told is no failure of the command, but of an audit no answer either. */
    static int code(RunResult result) {
        return switch (result.verdict().outcome()) {
            case BAD -> ExitCode.NOT_GOOD_ENOUGH;
            case UNKNOWN -> result.audited().isPresent() ? ExitCode.INCONCLUSIVE : ExitCode.DONE;
            case GOOD -> ExitCode.DONE;
        };
    }

    private int print(RunResult result, @Nullable Path out) throws IOException {
        Summary.print(
                result,
                common.json,
                out == null ? null : out.resolve(REPORT),
                common.session().out(),
                common.session().told());
        return code(result);
    }
}
