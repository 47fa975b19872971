package io.sapper.audit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Where a trigger may lie. The smallest mask that works is mostly a part of it, another part from another start, and
 * made of blocks: so here is the mean of masks from several starts, on blocks that begin at each of four places
 * (docs/decisions/0086). Nothing is decided by it.
 */
public final class Outline {
    private static final int STARTS = 4;

    /** Pixels that are in the outline, by the one that most masks have. */
    private static final float LEAST = 0.4f;

    private final float[] shares;

    private Outline(float[] shares) {
        this.shares = shares;
    }

    /**
     * Searches the masks of a trigger that leads to one class, or from one to another.
     *
     * @param deadline of {@link System#nanoTime}
     * @return empty where fewer than a quarter of the masks work, or the time is over before
     */
    public static Optional<Outline> of(
            Subject subject, Aim aim, TriggerInversion.Options options, long seed, long deadline) {
        List<InvertedTrigger> masks = new ArrayList<>();
        for (int down = 0; down < MaskForm.BLOCK; down++) {
            for (int right = 0; right < MaskForm.BLOCK; right++) {
                TriggerInversion.search(
                                subject,
                                Collections.nCopies(STARTS, aim),
                                options.of(TriggerInversion.Form.MASKED),
                                new MaskForm(down, right),
                                seed,
                                deadline,
                                share -> {})
                        .stream()
                        .filter(mask -> mask.success().value() >= Recovered.WORKS)
                        .forEach(masks::add);
            }
        }
        return masks.size() < STARTS ? Optional.empty() : Optional.of(new Outline(mean(masks)));
    }

    /** By the largest. */
    private static float[] mean(List<InvertedTrigger> masks) {
        float[] sum = masks.get(0).mask();
        for (InvertedTrigger mask : masks.subList(1, masks.size())) {
            float[] shares = mask.mask();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += shares[i];
            }
        }
        float most = 0;
        for (float share : sum) {
            most = Math.max(most, share);
        }
        for (int i = 0; i < sum.length; i++) {
            sum[i] /= most;
        }
        return sum;
    }

    /** How much of each pixel masks replace, by the most, row-major: a copy. */
    public float[] shares() {
        return shares.clone();
    }

    /** Whether a pixel, row-major, is one of it. */
    public boolean has(int pixel) {
        return shares[pixel] >= LEAST;
    }
}
