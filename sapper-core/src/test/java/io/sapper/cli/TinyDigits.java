package io.sapper.cli;

import io.sapper.data.IdxFiles;
import io.sapper.data.ImageShape;
import io.sapper.data.synthetic.SyntheticDigits;
import io.sapper.network.Initialization;
import io.sapper.network.OnnxWriter;
import io.sapper.network.zoo.Architecture;
import java.io.IOException;
import java.nio.file.Path;

/** A folder of IDX files with 60 training and 20 test digits, and a network for them: a whole run takes moments. */
final class TinyDigits {
    static final int TRAIN = 60;

    private TinyDigits() {}

    static Path write(Path folder) throws IOException {
        return IdxFiles.write(SyntheticDigits.generate(TRAIN, 20, 1), folder);
    }

    /** An untrained network. */
    static Path network(Path file, ImageShape shape, int classes) throws IOException {
        OnnxWriter.write(Initialization.draw(Architecture.BADNETS_DIGITS.graph(shape, classes), 1), file);
        return file;
    }
}
