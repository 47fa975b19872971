package io.sapper.spark;

import io.sapper.sweep.PlannedRun;
import io.sapper.sweep.RunOutcome;
import io.sapper.sweep.Runner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * Runs on a Spark cluster: one job, with a task for each run. Spark gives each task to an executor that is free, and
 * again to another where an executor is lost; what comes back is handed over at once.
 *
 * @param conf of the cluster
 * @param networks whether the networks that runs write come back too
 */
record SparkRunner(SparkConf conf, boolean networks) implements Runner {
    @Override
    public void run(List<PlannedRun> runs, Finished finished) throws IOException, InterruptedException {
        AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
        try (JavaSparkContext spark = new JavaSparkContext(conf)) {
            List<Object> parts =
                    IntStream.range(0, runs.size()).<Object>mapToObj(i -> i).toList();
            spark.sc()
                    .runJob(
                            spark.parallelize(runs, runs.size()).rdd(),
                            new ExecutorRuns(networks),
                            CollectionConverters.asScala(parts).toSeq(),
                            new Kept(finished, failure),
                            ClassTag$.MODULE$.apply(RunOutcome.class));
        } catch (Exception e) { // Scala declares none of what it throws
            IOException kept = failure.get();
            if (kept != null) {
                throw kept;
            }
            if (e instanceof InterruptedException stopped) {
                throw stopped;
            }
            if (e instanceof RuntimeException ours) {
                throw ours;
            }
            throw new IOException("Spark stopped the sweep: " + reason(e), e);
        }
    }

    private static String reason(Throwable e) {
        String said = String.valueOf(e.getMessage()).lines().findFirst().orElse("it does not say why");
        return (e instanceof SparkException ? "" : e.getClass().getSimpleName() + ": ") + said;
    }

    /** Called on the driver, one result at a time. */
    private static final class Kept extends AbstractFunction2<Object, RunOutcome, BoxedUnit> {
        private final Finished finished;
        private final AtomicReference<@Nullable IOException> failure;

        Kept(Finished finished, AtomicReference<@Nullable IOException> failure) {
            this.finished = finished;
            this.failure = failure;
        }

        @Override
        public BoxedUnit apply(Object part, RunOutcome outcome) {
            try {
                finished.take(outcome);
                return BoxedUnit.UNIT;
            } catch (IOException e) {
                failure.compareAndSet(null, e);
                throw new UncheckedIOException(e); // ends the job
            }
        }
    }
}
