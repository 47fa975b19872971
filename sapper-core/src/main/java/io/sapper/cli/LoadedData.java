package io.sapper.cli;

import io.sapper.data.KnownData;
import io.sapper.data.Obtained;
import io.sapper.data.detection.SceneFolder;
import io.sapper.data.detection.SceneSplit;
import io.sapper.data.image.FolderReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Data that runs of one process share: each is read once, by whoever asks first, and never changes. */
final class LoadedData {
    /** Keeps nothing: every run reads its own. */
    static final LoadedData NONE = new LoadedData(0);

    private final int most;
    private final Map<Object, CompletableFuture<Object>> loaded = new LinkedHashMap<>(16, 0.75f, true);

    /** @param most how many are kept; those that nobody asked for the longest go first */
    LoadedData(int most) {
        this.most = most;
    }

    /** Reads data. */
    @FunctionalInterface
    interface Reading<T> {
        T read() throws IOException;
    }

    /**
     * Pictures or recordings of this name.
     *
     * @param options with which they are read
     */
    Obtained get(String name, FolderReader.Options options, Reading<Obtained> reading) throws IOException {
        return get(key(name, options), Obtained.class, reading);
    }

    /**
     * Photographs with boxes of this folder.
     *
     * @param options with which they are read
     */
    SceneSplit get(Path folder, SceneFolder.Options options, Reading<SceneSplit> reading) throws IOException {
        return get(Map.entry(folder, options), SceneSplit.class, reading);
    }

    private <T> T get(Object key, Class<T> kind, Reading<T> reading) throws IOException {
        if (most == 0) {
            return reading.read();
        }
        CompletableFuture<Object> mine = new CompletableFuture<>();
        CompletableFuture<Object> there = put(key, mine);
        if (there == mine) {
            read(key, mine, reading);
        }
        try {
            return kind.cast(there.join());
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException problem) {
                throw new IOException(problem.getMessage(), problem);
            }
            if (e.getCause() instanceof IllegalArgumentException problem) {
                throw new IllegalArgumentException(problem.getMessage(), problem);
            }
            throw e;
        }
    }

    private void read(Object key, CompletableFuture<Object> mine, Reading<?> reading) {
        try {
            mine.complete(reading.read());
        } catch (IOException | RuntimeException | Error e) {
            forget(key); // the next may have better luck
            mine.completeExceptionally(e);
        }
    }

    private synchronized CompletableFuture<Object> put(Object key, CompletableFuture<Object> mine) {
        CompletableFuture<Object> there = loaded.putIfAbsent(key, mine);
        if (loaded.size() > most) {
            loaded.remove(loaded.keySet().iterator().next());
        }
        return there == null ? mine : there;
    }

    private synchronized void forget(Object key) {
        loaded.remove(key);
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
