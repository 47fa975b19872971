package io.sapper.experiment;

import io.sapper.repair.Ladder;
import io.sapper.training.Progress;
import java.util.function.DoubleConsumer;

/** A ladder's course, told as it goes. */
final class LadderProgress {
    private static final int STEPS = 1000;

    private LadderProgress() {}

    static Ladder.Course to(Reporter reporter) {
        return new Ladder.Course() {
            @Override
            public DoubleConsumer searching(String what) {
                reporter.message(what);
                Progress progress = reporter.measuring(what);
                return share -> progress.step(Math.round(STEPS * share), STEPS);
            }

            @Override
            public Progress tuning(String what) {
                reporter.message(what);
                return reporter.training(what);
            }
        };
    }
}
