package io.sapper.defense;

import io.sapper.data.Dataset;
import io.sapper.data.Seeds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Cross-validation: every image is in the part held back once. Classes are spread evenly over the parts. */
public final class Folds {
    private Folds() {}

    /**
     * One part held back.
     *
     * @param rest what to work on
     * @param held what to decide on
     */
    public record Fold(Dataset rest, Dataset held) {}

    /** Divides by chance; fewer than {@code count} parts where there are fewer images. */
    public static List<Fold> of(Dataset data, int count, long seed) {
        int[] shuffled = Seeds.permutation(data.size(), Seeds.generator(seed, "folds"));
        int[] order = IntStream.of(shuffled)
                .boxed()
                .sorted(Comparator.comparingInt(data::label)) // stable: within a class as shuffled
                .mapToInt(Integer::intValue)
                .toArray();
        int parts = Math.min(count, data.size());
        List<Fold> folds = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            int now = part;
            folds.add(new Fold(
                    data.subset(data.name() + ", without part " + (part + 1), pick(order, i -> i % parts != now)),
                    data.subset(data.name() + ", part " + (part + 1), pick(order, i -> i % parts == now))));
        }
        return folds;
    }

    private static int[] pick(int[] order, java.util.function.IntPredicate place) {
        return IntStream.range(0, order.length).filter(place).map(i -> order[i]).toArray();
    }
}
