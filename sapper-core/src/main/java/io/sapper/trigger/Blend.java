package io.sapper.trigger;

import io.sapper.data.ImageShape;
import io.sapper.data.Seeds;
import java.util.random.RandomGenerator;

/**
 * A picture of noise that shines through the whole image (Chen et al., Targeted Backdoor Attacks on Deep Learning
 * Systems Using Data Poisoning, 2017, section V, blended injection with a random pattern): each value becomes {@code (1
 * - share) * value + share * noise}, rounded.
 *
 * @param seed of the noise, which is uniform, drawn anew for each channel and place; images of another shape get
 *     another
 * @param share of the noise, above 0 and at most 1
 */
public record Blend(long seed, double share) implements PictureTrigger {
    static final String NAME = "blend";

    /** With a fifth of noise. */
    public static final Blend USUAL = new Blend(1, 0.2);

    /** Throws {@code IllegalArgumentException} for a share that is none. */
    public Blend {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "The trigger blend has a share= above 0 and at most 1, not " + share + ".");
        }
    }

    @Override
    public void apply(byte[] pixels, int offset, ImageShape shape) {
        RandomGenerator random = Seeds.generator(seed, "blended picture of " + shape);
        for (int i = offset; i < offset + shape.size(); i++) {
            pixels[i] = (byte) Math.round((1 - share) * (pixels[i] & 0xff) + share * random.nextInt(256));
        }
    }

    @Override
    public void check(ImageShape shape) {
        // It fits every image.
    }

    @Override
    public String spec() {
        return NAME + ":seed=" + seed + ",share=" + share;
    }
}
