package io.sapper.spark;

import io.sapper.cli.CommandRun;
import io.sapper.data.Surroundings;
import io.sapper.network.MemoryLimit;
import io.sapper.sweep.PlannedRun;
import io.sapper.sweep.RunOutcome;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.spark.SparkFiles;
import org.apache.spark.TaskContext;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction2;

/**
 * What an executor does with its part of a sweep: the one run in it, as {@link CommandRun} runs it anywhere. Runs of
 * one executor share what they read.
 */
final class ExecutorRuns extends AbstractFunction2<TaskContext, Iterator<PlannedRun>, RunOutcome>
        implements Serializable {
    private static final long serialVersionUID = 1;

    private final boolean networks;
    private final long memory = MemoryLimit.bytes(); // as the driver was told

    /** @param networks whether the networks that runs write come back too */
    ExecutorRuns(boolean networks) {
        this.networks = networks;
    }

    @Override
    public RunOutcome apply(TaskContext task, Iterator<PlannedRun> part) {
        MemoryLimit.set(memory);
        return (networks ? Here.WITH_NETWORKS : Here.WITHOUT).run(part.next());
    }

    /** One for each process. */
    private static final class Here {
        static {
            Locale.setDefault(Locale.ROOT); // as the command line does
        }

        /** Spark removes it with the executor. */
        static Path scratch() {
            return Path.of(SparkFiles.getRootDirectory(), "sapper");
        }

        static final CommandRun WITH_NETWORKS = new CommandRun(Surroundings::ofThisMachine, true, Here::scratch);
        static final CommandRun WITHOUT = new CommandRun(Surroundings::ofThisMachine, false, Here::scratch);
    }
}
