package io.sapper.cli;

import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.data.Split;
import io.sapper.data.synthetic.SyntheticDigits;
import io.sapper.network.Initialization;
import io.sapper.network.OnnxWriter;
import io.sapper.network.zoo.Architecture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder of IDX files with 60 training and 20 test digits, and a network for them: a whole run takes moments. */
final class TinyDigits {
    static final int TRAIN = 60;

    private TinyDigits() {}

    static Path write(Path folder) throws IOException {
        Split digits = SyntheticDigits.generate(TRAIN, 20, 1);
        Files.createDirectories(folder);
        write(folder, "train", digits.train());
        write(folder, "t10k", digits.test());
        return folder;
    }

    private static void write(Path folder, String part, Dataset digits) throws IOException {
        ByteBuffer images = ByteBuffer.allocate(16 + digits.size() * 784)
                .putInt(2051)
                .putInt(digits.size())
                .putInt(28)
                .putInt(28);
        ByteBuffer labels = ByteBuffer.allocate(8 + digits.size()).putInt(2049).putInt(digits.size());
        for (int i = 0; i < digits.size(); i++) {
            images.put(digits.image(i));
            labels.put((byte) digits.label(i));
        }
        Files.write(folder.resolve(part + "-images-idx3-ubyte"), images.array());
        Files.write(folder.resolve(part + "-labels-idx1-ubyte"), labels.array());
    }

    /** An untrained network. */
    static Path network(Path file, ImageShape shape, int classes) throws IOException {
        OnnxWriter.write(Initialization.draw(Architecture.BADNETS_DIGITS.graph(shape, classes), 1), file);
        return file;
    }
}
