package io.sapper.cli;

import io.sapper.data.KnownData;
import io.sapper.data.Obtained;
import io.sapper.data.Once;
import io.sapper.data.detection.SceneFolder;
import io.sapper.data.detection.SceneSplit;
import io.sapper.data.image.FolderReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Data that runs of one process share. */
final class LoadedData {
    /** Keeps nothing: every run reads its own. */
    static final LoadedData NONE = new LoadedData(0);

    private final Once once;

    /** @param most how many are kept */
    LoadedData(int most) {
        once = new Once(most);
    }

    /**
     * Pictures or recordings of this name.
     *
     * @param options with which they are read
     */
    Obtained get(String name, FolderReader.Options options, Once.Making<Obtained> reading) throws IOException {
        return once.get(key(name, options), Obtained.class, reading);
    }

    /**
     * Photographs with boxes of this folder.
     *
     * @param options with which they are read
     */
    SceneSplit get(Path folder, SceneFolder.Options options, Once.Making<SceneSplit> reading) throws IOException {
        return once.get(Map.entry(folder, options), SceneSplit.class, reading);
    }

    /** What has its own size and division is the same for every seed. */
    private static Object key(String name, FolderReader.Options options) {
        Optional<KnownData> known = KnownData.named(name);
        boolean fixed = known.filter(data -> data == KnownData.MNIST || data == KnownData.CIFAR10)
                        .isPresent()
                && !options.forPicturesOnly();
        return fixed ? name : Map.entry(name, options);
    }
}
