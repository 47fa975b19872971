package io.sapper.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Many runs, each kept as soon as it is there: whatever stops a sweep costs at most the runs that were going on, and
 * the same sweep goes on where it was.
 */
public final class Sweep {
    /** With less room than this, runs fail for the disk and not for themselves. */
    private static final long NO_ROOM = 1 << 20;

    private Sweep() {}

    /**
     * Runs what of the plan is not there yet, or read a file that has changed since.
     *
     * @param retry whether runs that failed before are tried again
     * @return what is there then
     * @throws IllegalArgumentException if the folder holds another sweep
     * @throws IOException if results cannot be kept; what was finished before is
     */
    public static SweepFolder.State run(
            Plan plan, SweepFolder folder, boolean retry, Runner runner, SweepListener listener)
            throws IOException, InterruptedException {
        folder.take(plan).forEach(listener::changed);
        SweepFolder.State state = folder.state(plan);
        List<PlannedRun> pending = plan.runs().stream()
                .filter(run -> !state.finished().containsKey(run.name()))
                .filter(run -> retry || !state.failed().containsKey(run.name()))
                .toList();
        listener.begins(state, pending.size());
        Map<String, PlannedRun> named =
                pending.stream().collect(Collectors.toMap(PlannedRun::name, Function.identity()));
        if (!pending.isEmpty()) {
            runner.run(pending, outcome -> {
                PlannedRun run = named.remove(outcome.name());
                if (run == null) {
                    return; // where a machine was lost, a run may come twice; the same, and kept already
                }
                if (!outcome.finished()) {
                    checkRoom(folder);
                }
                folder.keep(run, outcome);
                listener.finished(run, outcome);
            });
        }
        folder.clear();
        return folder.state(folder.plan().orElse(plan));
    }

    private static void checkRoom(SweepFolder folder) throws IOException {
        if (Files.getFileStore(folder.path()).getUsableSpace() < NO_ROOM) {
            throw new IOException("No space left on device");
        }
    }
}
