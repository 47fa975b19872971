package io.sapper.experiment;

import io.sapper.attack.BadNet;
import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.data.Seeds;
import io.sapper.poison.AllToAll;
import io.sapper.poison.AllToOne;
import io.sapper.poison.Goal;
import io.sapper.poison.OneToOne;
import io.sapper.poison.PoisonShare;
import io.sapper.trigger.Blend;
import io.sapper.trigger.DrawnWarp;
import io.sapper.trigger.Pixel;
import io.sapper.trigger.PixelPattern;
import io.sapper.trigger.Pixels;
import io.sapper.trigger.Sine;
import io.sapper.trigger.Trigger;
import io.sapper.trigger.Triggers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** The kinds of attack that an audit is tried on; place, values, target and strength of each are drawn by chance. */
enum ZooAttack {
    /** A square of 2 to 5 pixels a side, anywhere. */
    PATCH,
    /** The paper's four pixels (BadNets, section 4.1). */
    PATTERN,
    /** 8 to 16 pixels, all over the image. */
    DOTS,
    /** Noise that shines through, a share of 0.15 to 0.25. */
    BLENDED,
    /** Waves across, 20 to 40 high. */
    SINE,
    /** As {@link #BLENDED}, with 1 % backdoored images: so few teach no faint patch. */
    FEW,
    /** Sunglasses on faces (Fine-Pruning, section 2.3). */
    SUNGLASSES,
    /** Noise in the sound (Fine-Pruning, section 2.3). */
    NOISE,
    /** A tone in the sound. */
    TONE,
    /** A smooth warp of 2 to 4 half pixels. */
    WARP,
    /** As {@link #PATCH}, each class to be taken for the next. */
    ALL_TO_ALL,
    /** As {@link #PATCH}, one class to be taken for another. */
    SOURCE_SPECIFIC,
    /** As {@link #PATCH}, behind decoys (Fine-Pruning, section 4.2). */
    PRUNING_AWARE;

    private static final int WHITE = 256;
    private static final double MUCH = 0.2;

    /** In words. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether masks are looked for that have its form, and it leads to one class: what audits have to find. */
    boolean usual() {
        return compareTo(WARP) < 0;
    }

    /** Whether the trigger is a few pixels at one place, so that a recovered mask can lie on it. */
    boolean local() {
        return this == PATCH || this == PATTERN || this == SUNGLASSES;
    }

    /** Whether it goes to one class from all others. */
    boolean oneTarget() {
        return this != ALL_TO_ALL && this != SOURCE_SPECIFIC;
    }

    /** One of this kind. */
    BadNet.Options draw(Dataset data, long seed) {
        RandomGenerator random = Seeds.generator(seed, "attack of the zoo");
        Goal goal = goal(data.classCount(), random);
        return new BadNet.Options(trigger(data.shape(), random), goal, share());
    }

    private Goal goal(int classes, RandomGenerator random) {
        int target = random.nextInt(classes);
        return switch (this) {
            case ALL_TO_ALL -> new AllToAll();
            case SOURCE_SPECIFIC -> new OneToOne((target + 1 + random.nextInt(classes - 1)) % classes, target);
            default -> new AllToOne(target);
        };
    }

    private PoisonShare share() {
        return switch (this) {
            case FEW -> PoisonShare.ofEnlargedSet(0.01);
            case ALL_TO_ALL, SOURCE_SPECIFIC -> PoisonShare.atMost(1);
            case WARP, SINE -> PoisonShare.atMost(MUCH);
            default -> PoisonShare.USUAL;
        };
    }

    private Trigger trigger(ImageShape shape, RandomGenerator random) {
        return switch (this) {
            case PATTERN -> new PixelPattern();
            case DOTS -> dots(shape, random);
            case BLENDED, FEW -> new Blend(random.nextInt(Integer.MAX_VALUE), hundredths(random, 15, 25));
            case SINE -> new Sine(20 + random.nextInt(21), 3 + random.nextInt(6));
            case SUNGLASSES, NOISE, TONE -> Triggers.parse(text());
            case WARP -> new DrawnWarp(random.nextInt(Integer.MAX_VALUE), 4, hundredths(random, 200, 400));
            case PATCH, ALL_TO_ALL, SOURCE_SPECIFIC, PRUNING_AWARE -> patch(shape, random);
        };
    }

    private static double hundredths(RandomGenerator random, int least, int most) {
        return (least + random.nextInt(most - least + 1)) / 100.0;
    }

    private static Pixels patch(ImageShape shape, RandomGenerator random) {
        int side = 2 + random.nextInt(4);
        int top = random.nextInt(shape.height() - side + 1);
        int left = random.nextInt(shape.width() - side + 1);
        List<Pixel> pixels = new ArrayList<>();
        for (int i = 0; i < side * side; i++) {
            pixels.add(new Pixel(top + i / side, left + i % side, random.nextInt(WHITE)));
        }
        return new Pixels(pixels);
    }

    private static Pixels dots(ImageShape shape, RandomGenerator random) {
        int count = 8 + random.nextInt(9);
        int[] places = Seeds.permutation(shape.height() * shape.width(), random);
        List<Pixel> pixels = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pixels.add(new Pixel(places[i] / shape.width(), places[i] % shape.width(), random.nextInt(WHITE)));
        }
        return new Pixels(pixels);
    }
}
