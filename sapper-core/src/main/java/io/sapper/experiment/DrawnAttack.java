package io.sapper.experiment;

import io.sapper.attack.BadNet;
import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.data.Seeds;
import io.sapper.poison.AllToOne;
import io.sapper.poison.PoisonShare;
import io.sapper.trigger.Pixel;
import io.sapper.trigger.Pixels;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * An all-to-one attack drawn by chance: 2 to 9 pixels of a 4 x 4 patch anywhere, grey (128) to white (255), any target,
 * a share of 0.02 to 0.2. For meeting a defence with attacks that nobody chose.
 */
final class DrawnAttack {
    private static final int PATCH = 4;
    private static final int LEAST_PIXELS = 2;
    private static final int MOST_PIXELS = 9;
    private static final List<Double> SHARES = List.of(0.02, 0.05, 0.1, 0.2);

    private DrawnAttack() {}

    static BadNet.Options draw(Dataset data, long seed) {
        RandomGenerator random = Seeds.generator(seed, "attack");
        AllToOne goal = new AllToOne(random.nextInt(data.classCount()));
        PoisonShare share = PoisonShare.p(SHARES.get(random.nextInt(SHARES.size())));
        return new BadNet.Options(new Pixels(pixels(data.shape(), random)), goal, share);
    }

    private static List<Pixel> pixels(ImageShape shape, RandomGenerator random) {
        int top = random.nextInt(shape.height() - PATCH + 1);
        int left = random.nextInt(shape.width() - PATCH + 1);
        int count = random.nextInt(LEAST_PIXELS, MOST_PIXELS + 1);
        int[] places = Seeds.permutation(PATCH * PATCH, random);
        List<Pixel> pixels = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pixels.add(new Pixel(top + places[i] / PATCH, left + places[i] % PATCH, random.nextInt(128, 256)));
        }
        return pixels;
    }

    /** Trigger, goal and share in their short forms. */
    static String text(BadNet.Options attack) {
        return attack.trigger().spec() + " " + attack.goal().spec() + " "
                + attack.share().spec();
    }
}
