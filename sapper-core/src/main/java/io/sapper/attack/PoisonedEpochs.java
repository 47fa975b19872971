package io.sapper.attack;

import io.sapper.data.Dataset;
import io.sapper.poison.Poisoned;
import io.sapper.training.Augmentation;
import io.sapper.training.Presentation;
import io.sapper.training.Treatment;
import io.sapper.trigger.Trigger;
import io.sapper.trigger.Triggers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What each epoch shows of a poisoned training set whose pictures are augmented: the clean ones are changed first, and
 * the trigger goes on copies of the changed ones, so that it is always where it will be when it is used. Changing the
 * finished set would move the trigger (docs/decisions/0053).
 */
public final class PoisonedEpochs {
    private PoisonedEpochs() {}

    /**
     * Of one poisoned set.
     *
     * @param trigger the one that the copies carry
     */
    public static Presentation of(Poisoned poisoned, Trigger trigger, Treatment treatment, long seed) {
        Augmentation augmentation = treatment.augmentation();
        Presentation shown = augmentation.equals(Augmentation.NONE)
                ? Presentation.PLAIN
                : (data, epoch) -> show(data, poisoned, trigger, augmentation, seed, epoch);
        return treatment.paired() ? new Paired(shown, poisoned) : shown;
    }

    /** Copies right behind the images that they are of. */
    private record Paired(Presentation shown, Poisoned poisoned) implements Presentation {
        @Override
        public Dataset show(Dataset data, int epoch) {
            return shown.show(data, epoch);
        }

        @Override
        public int[] order(int size, int epoch, long seed) {
            Map<Integer, List<Integer>> copies = new HashMap<>();
            int[] sources = poisoned.sourceIndices();
            for (int copy = 0; copy < sources.length; copy++) {
                copies.computeIfAbsent(sources[copy], source -> new ArrayList<>())
                        .add(poisoned.cleanSize() + copy);
            }
            return IntStream.of(shown.order(poisoned.cleanSize(), epoch, seed))
                    .flatMap(clean -> IntStream.concat(
                            IntStream.of(clean),
                            copies.getOrDefault(clean, List.of()).stream().mapToInt(copy -> copy)))
                    .toArray();
        }
    }

    private static Dataset show(
            Dataset data, Poisoned poisoned, Trigger trigger, Augmentation augmentation, long seed, int epoch) {
        int cleanSize = poisoned.cleanSize();
        int[] clean = IntStream.range(0, cleanSize).toArray();
        int[] labels = IntStream.range(cleanSize, data.size()).map(data::label).toArray();
        Dataset changed = augmentation.of(data.subset(data.name(), clean), seed, epoch);
        Dataset copies = Triggers.triggered("backdoored copies", changed, trigger, poisoned.sourceIndices(), labels);
        return changed.append(data.name() + ", augmented", copies);
    }
}
