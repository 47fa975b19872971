package io.sapper.data;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * What several runs of a process share and nobody changes: data, networks. Each is made once, by whoever asks first;
 * who asks meanwhile waits for it. For any number of threads.
 */
public final class Once {
    private final int most;
    private final Map<Object, CompletableFuture<Object>> made = new LinkedHashMap<>(16, 0.75f, true);

    /** @param most how many are kept, those that nobody asked for the longest go first; with 0, nothing is shared */
    public Once(int most) {
        this.most = most;
    }

    /** Makes what is not there yet. */
    @FunctionalInterface
    public interface Making<T> {
        T make() throws IOException;
    }

    /**
     * What was made under a key, or is made now.
     *
     * @param key equal keys mean the same
     * @throws IOException if it cannot be made; the next who asks tries again
     */
    public <T> T get(Object key, Class<T> kind, Making<T> making) throws IOException {
        if (most == 0) {
            return making.make();
        }
        CompletableFuture<Object> mine = new CompletableFuture<>();
        CompletableFuture<Object> there = put(key, mine);
        if (there == mine) {
            make(key, mine, making);
        }
        try {
            return kind.cast(there.join());
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException problem) {
                throw new IOException(problem.getMessage(), problem);
            }
            if (e.getCause() instanceof RuntimeException problem) {
                throw problem;
            }
            throw e;
        }
    }

    private void make(Object key, CompletableFuture<Object> mine, Making<?> making) {
        try {
            mine.complete(making.make());
        } catch (IOException | RuntimeException | Error e) {
            forget(key); // the next may have better luck
            mine.completeExceptionally(e);
        }
    }

    private synchronized CompletableFuture<Object> put(Object key, CompletableFuture<Object> mine) {
        CompletableFuture<Object> there = made.putIfAbsent(key, mine);
        if (made.size() > most) {
            made.remove(made.keySet().iterator().next());
        }
        return there == null ? mine : there;
    }

    private synchronized void forget(Object key) {
        made.remove(key);
    }
}
