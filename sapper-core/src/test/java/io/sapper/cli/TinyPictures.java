package io.sapper.cli;

import io.sapper.data.Seeds;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import javax.imageio.ImageIO;

/** Folders of pictures of noise. */
final class TinyPictures {
    private TinyPictures() {}

    /** Folders {@code 0}, {@code 1}, ... of so many pictures each. */
    static Path write(Path folder, int classes, int each, int height, int width) throws IOException {
        for (int label = 0; label < classes; label++) {
            flat(folder.resolve(String.valueOf(label)), each, height, width, label);
        }
        return folder;
    }

    /** One folder of pictures. */
    static Path flat(Path folder, int count, int height, int width, long seed) throws IOException {
        RandomGenerator random = Seeds.generator(seed, "pictures");
        Files.createDirectories(folder);
        for (int i = 0; i < count; i++) {
            BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
            for (int at = 0; at < width * height; at++) {
                picture.getRaster().setSample(at % width, at / width, 0, random.nextInt(256));
            }
            ImageIO.write(picture, "png", folder.resolve(i + ".png").toFile());
        }
        return folder;
    }
}
