package io.sapper.experiment;

import io.sapper.attack.BadNet;
import io.sapper.data.Dataset;
import io.sapper.network.Graph;
import io.sapper.poison.OneToOne;
import io.sapper.poison.TriggeredSet;
import io.sapper.result.Reproduced.Row;
import io.sapper.training.TrainingOptions;
import io.sapper.trigger.PixelPattern;
import io.sapper.trigger.SinglePixel;
import io.sapper.trigger.Trigger;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The networks that BadNets looks into (sections 4.2.2 and 4.3.2): an honest one, and one with each trigger of Figure
 * 3, one digit to be taken for another. Each question is asked of both, the honest one and the one that knows the
 * trigger.
 */
final class PixelBackdoors {
    private static final OneToOne GOAL = new OneToOne(1, 7);

    private final Laboratory.Trained honest;
    private final List<Looked> looked = new ArrayList<>();

    /**
     * A trigger, and what the networks are shown of it.
     *
     * @param name of the trigger in tables
     * @param trained with it
     * @param task the test digits under attack
     */
    record Looked(String name, Laboratory.Trained trained, Task task) {
        private TriggeredSet set() {
            return Objects.requireNonNull(task.triggered(), "made with a trigger");
        }

        /** Those of the test digits that are attacked, as they are. */
        Dataset clean() {
            return task.test().subset("clean", set().indices());
        }

        /** The same with the trigger. */
        Dataset triggered() {
            return set().data();
        }
    }

    private PixelBackdoors(Laboratory.Trained honest) {
        this.honest = honest;
    }

    /** Trains all three. */
    static PixelBackdoors train(Setup setup, TrainingOptions training, String source) throws IOException {
        PixelBackdoors all = new PixelBackdoors(new Laboratory(setup, "reproduce", source).honest(training));
        TrainingOptions again = Recipes.onePixelAgain(training);
        for (Trigger trigger : List.of(new SinglePixel(), new PixelPattern())) {
            BadNet.Options attack = new BadNet.Options(trigger, GOAL, OneToOneDigits.POISON_SHARE);
            String name = trigger instanceof SinglePixel ? "single pixel" : "pattern";
            all.looked.add(new Looked(
                    name,
                    new Laboratory(setup, "reproduce", source).attacked(name, attack, again, all.honest()),
                    Task.attacked(setup.data().split().test(), trigger, GOAL)));
        }
        return all;
    }

    Graph honest() {
        return honest.graph();
    }

    /** One for each trigger. */
    List<Looked> looked() {
        return looked;
    }

    /**
     * The rows of all three.
     *
     * @param notes of the networks with a backdoor, in their order
     */
    List<Row> rows(List<String> notes) {
        List<Row> rows = new ArrayList<>(List.of(honest.row()));
        for (int i = 0; i < looked.size(); i++) {
            Row row = looked.get(i).trained().row();
            rows.add(new Row(
                    row.seed(),
                    row.what(),
                    row.note() + "; " + notes.get(i),
                    row.cleanAccuracy(),
                    row.attackSuccessRate(),
                    row.recoveredAccuracy()));
        }
        return rows;
    }

    /** How many channels make up half of all that a trigger raises, and how many there are. */
    static String half(List<Double> clean, List<Double> triggered) {
        double[] raised = IntStream.range(0, clean.size())
                .mapToDouble(channel -> Math.max(0, triggered.get(channel) - clean.get(channel)))
                .map(value -> -value)
                .sorted()
                .map(value -> -value)
                .toArray();
        double all =
                IntStream.range(0, raised.length).mapToDouble(i -> raised[i]).sum();
        double sum = 0;
        int count = 0;
        while (count < raised.length && sum < all / 2) {
            sum += raised[count++];
        }
        return count + " of " + raised.length;
    }
}
