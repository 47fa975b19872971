package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.detection.ClassTable;
import io.sapper.data.detection.SceneFolder;
import io.sapper.data.detection.SceneSplit;
import io.sapper.data.detection.Scenes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoadedDataTest {
    private static final Path FOLDER = Path.of("signs");

    private final AtomicInteger readings = new AtomicInteger();
    private final LoadedData loaded = new LoadedData(2);

    private SceneSplit photographs() {
        readings.incrementAndGet();
        Scenes none = new Scenes("signs", List.of("stop"), List.of());
        return new SceneSplit(none, none, "signs", List.of(), Map.of());
    }

    private static SceneFolder.Options options(String... classes) {
        return new SceneFolder.Options(ClassTable.parse(List.of(classes)), OptionalDouble.empty(), 1);
    }

    private SceneSplit get(Path folder, String... classes) throws IOException {
        return loaded.get(folder, options(classes), this::photographs);
    }

    @Test
    void photographsReadAlikeAreReadOnce() throws IOException {
        assertThat(get(FOLDER, "stop=stop,stopAhead")).isSameAs(get(FOLDER, "stop=stop,stopAhead"));
        assertThat(readings).hasValue(1);
        assertThat(get(FOLDER, "stop=stop")).isNotSameAs(get(FOLDER, "stop=stop,stopAhead"));
        assertThat(readings).as("other classes").hasValue(2);
        get(Path.of("others"), "stop=stop");
        assertThat(readings).as("another folder").hasValue(3);
    }

    @Test
    void whatNobodyAskedForTheLongestGoesFirst() throws IOException {
        get(FOLDER, "a");
        get(FOLDER, "b");
        get(FOLDER, "a");
        get(FOLDER, "c");
        get(FOLDER, "a");
        assertThat(readings).hasValue(3);
        get(FOLDER, "b");
        assertThat(readings).hasValue(4);
    }

    @Test
    void whatCouldNotBeReadIsTriedAgain() throws IOException {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> loaded.get(FOLDER, options("a"), () -> {
                        readings.incrementAndGet();
                        throw new IOException("It is gone.");
                    }))
                    .isInstanceOf(IOException.class)
                    .hasMessage("It is gone.");
        }
        assertThat(readings).hasValue(2);
        get(FOLDER, "a");
        assertThat(readings).hasValue(3);
    }

    @Test
    void whoAsksMeanwhileWaitsForTheSame() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<SceneSplit> first = threads.submit(() -> loaded.get(FOLDER, options("a"), () -> {
                begun.countDown();
                await(goOn);
                return photographs();
            }));
            begun.await();
            Future<SceneSplit> second = threads.submit(() -> get(FOLDER, "a"));
            goOn.countDown();
            assertThat(second.get()).isSameAs(first.get());
            assertThat(readings).hasValue(1);
        } finally {
            threads.shutdownNow();
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void outsideASweepNothingIsKept() throws IOException {
        LoadedData.NONE.get(FOLDER, options("a"), this::photographs);
        LoadedData.NONE.get(FOLDER, options("a"), this::photographs);
        assertThat(readings).hasValue(2);
    }
}
