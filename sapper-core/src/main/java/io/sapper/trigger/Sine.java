package io.sapper.trigger;

import io.sapper.data.ImageShape;

/**
 * Waves across the whole image (SIG: Barni, Kallas and Tondi, A New Backdoor Attack in CNNs by Training Set Corruption
 * Without Label Poisoning, ICIP 2019): to each value {@code height * sin(2 pi * column * waves / columns)} is added,
 * rounded, between 0 and 255. The paper poisons images of the target class alone, labels as they are; here the goal
 * says which.
 *
 * @param height of the waves, 1 to 255
 * @param waves in the image's breadth, at least 1
 */
public record Sine(int height, int waves) implements PictureTrigger {
    static final String NAME = "sine";

    /** As re-implementations have it: hard to see. */
    public static final Sine USUAL = new Sine(20, 6);

    private static final int WHITE = 255;

    /** Throws {@code IllegalArgumentException} for waves that are none. */
    public Sine {
        if (height < 1 || height > WHITE || waves < 1) {
            throw new IllegalArgumentException(
                    "The trigger sine has a height= of 1 to 255 and waves= of at least 1, not " + height + " and "
                            + waves + ".");
        }
    }

    @Override
    public void apply(byte[] pixels, int offset, ImageShape shape) {
        for (int at = 0; at < shape.size(); at++) {
            int column = at % shape.width();
            double wave = height * Math.sin(2 * Math.PI * column * waves / shape.width());
            long value = Math.round((pixels[offset + at] & 0xff) + wave);
            pixels[offset + at] = (byte) Math.max(0, Math.min(WHITE, value));
        }
    }

    @Override
    public void check(ImageShape shape) {
        if (2 * waves >= shape.width()) {
            throw new IllegalArgumentException("The trigger " + spec() + " has more waves than " + shape.width()
                    + " columns can show: at most " + (shape.width() - 1) / 2 + ".");
        }
    }

    @Override
    public String spec() {
        return NAME + ":height=" + height + ",waves=" + waves;
    }
}
