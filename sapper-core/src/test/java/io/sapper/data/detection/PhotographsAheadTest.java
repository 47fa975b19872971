package io.sapper.data.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.MalformedFileException;
import io.sapper.data.image.Picture;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class PhotographsAheadTest {
    private static final Canvas CANVAS = new Canvas(24, 32);

    @TempDir
    Path folder;

    @AfterEach
    void noThreadIsLeft() {
        assertThat(threads()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 4", "3, 2", "4, 16"})
    void theBytesAreThoseOfTheCanvasWhateverTheThreads(int threads, int ahead) throws IOException {
        List<Scene> scenes = photographs(5);
        int[] order = {3, 0, 0, 4, 1, 2, 3, 1};
        try (PhotographsAhead photographs = new PhotographsAhead(scenes, order, CANVAS, threads, ahead)) {
            for (int wanted : order) {
                assertThat(photographs.hasNext()).isTrue();
                assertThat(photographs.next()).isEqualTo(CANVAS.pixels(scenes.get(wanted)));
            }
            assertThat(photographs.hasNext()).isFalse();
            assertThatThrownBy(photographs::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    /** The broken one comes in its turn, not before, and the one behind it after that. */
    @Test
    void aBrokenPhotographIsToldAtItsTurn() throws IOException {
        List<Scene> scenes = photographs(4);
        byte[] whole = Files.readAllBytes(scenes.get(2).file());
        Files.write(scenes.get(2).file(), Arrays.copyOf(whole, whole.length / 2));
        try (PhotographsAhead photographs = new PhotographsAhead(scenes, new int[] {0, 1, 2, 3}, CANVAS, 2, 4)) {
            photographs.next();
            photographs.next();
            assertThatThrownBy(photographs::next)
                    .isInstanceOf(MalformedFileException.class)
                    .hasMessageContaining("2.png: The picture cannot be read");
            assertThat(photographs.next()).isEqualTo(CANVAS.pixels(scenes.get(3)));
        }
    }

    @Test
    void otherFailuresComeOutAsTheyAre() throws IOException {
        Scene bad = retouched(photographs(1).get(0), read -> {
            throw new IllegalArgumentException("no such place");
        });
        Scene large = retouched(photographs(1).get(0), read -> {
            throw new OutOfMemoryError("heap");
        });
        try (PhotographsAhead photographs = new PhotographsAhead(List.of(bad, large), new int[] {0, 1}, CANVAS, 1, 2)) {
            assertThatThrownBy(photographs::next)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("no such place");
            assertThatThrownBy(photographs::next).isInstanceOf(OutOfMemoryError.class);
        }
    }

    /** Three ahead: three are begun before the first is asked for, and one more for each that is taken. */
    @Test
    void noMoreThanThatAreInMemory() throws Exception {
        AtomicInteger decoded = new AtomicInteger();
        Scene counted = retouched(photographs(1).get(0), read -> {
            decoded.incrementAndGet();
            return read;
        });
        try (PhotographsAhead photographs = new PhotographsAhead(List.of(counted), new int[20], CANVAS, 2, 3)) {
            for (int taken = 0; taken < 5; taken++) {
                int allowed = 3 + taken;
                await(() -> decoded.get() == allowed);
                Thread.sleep(50);
                assertThat(decoded).hasValue(allowed);
                photographs.next();
            }
        }
    }

    @Test
    void anInterruptEndsTheWait() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Scene stuck = retouched(photographs(1).get(0), read -> waiting(never, read));
        try (PhotographsAhead photographs = new PhotographsAhead(List.of(stuck), new int[3], CANVAS, 1, 2)) {
            Thread caller = Thread.currentThread();
            Thread other = new Thread(() -> {
                await(() -> caller.getState() == Thread.State.WAITING);
                caller.interrupt();
            });
            other.start();
            assertThatThrownBy(photographs::next).isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            assertThatThrownBy(photographs::next)
                    .as("who is interrupted already does not begin to wait")
                    .isInstanceOf(InterruptedIOException.class);
        }
        assertThat(threads()).as("also closed by who is interrupted").isZero();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void closingStopsWhatIsBeingDecoded() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Scene stuck = retouched(photographs(1).get(0), read -> waiting(never, read));
        PhotographsAhead photographs = new PhotographsAhead(List.of(stuck), new int[12], CANVAS, 2, 6);
        await(() -> threads() == 2);
        long before = System.nanoTime();
        photographs.close();
        assertThat(System.nanoTime() - before).isLessThan(TimeUnit.SECONDS.toNanos(4));
        assertThat(threads()).isZero();
        assertThat(photographs.hasNext()).isFalse();
        assertThatThrownBy(photographs::next).isInstanceOf(NoSuchElementException.class);
        photographs.close();
    }

    @Test
    void itsThreadsDoNotKeepAProgramAlive() throws IOException {
        try (PhotographsAhead photographs = new PhotographsAhead(photographs(1), new int[9], CANVAS, 2, 4)) {
            photographs.next();
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().equals("sapper-photographs"))
                    .isNotEmpty()
                    .allMatch(Thread::isDaemon);
        }
    }

    @Test
    void whatCannotBe() throws IOException {
        List<Scene> scenes = photographs(2);
        assertThatThrownBy(() -> new PhotographsAhead(scenes, new int[] {0, 2}, CANVAS, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no photograph 2 among 2, counted from 0.");
        assertThatThrownBy(() -> new PhotographsAhead(scenes, new int[0], CANVAS, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not by 0, 1 ahead");
        assertThatThrownBy(() -> new PhotographsAhead(scenes, new int[0], CANVAS, 1, 0))
                .hasMessageContaining("not by 1, 0 ahead");
        try (PhotographsAhead none = new PhotographsAhead(scenes, new int[0], CANVAS, 1, 1)) {
            assertThat(none.hasNext()).isFalse();
        }
    }

    private static Picture waiting(CountDownLatch latch, Picture read) {
        try {
            latch.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return read;
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain");
            }
            Thread.onSpinWait();
        }
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("sapper-photographs"))
                .count();
    }

    private static Scene retouched(Scene scene, UnaryOperator<Picture> change) {
        return scene.withRetouch(new Retouch() {
            @Override
            public Picture of(Picture read) {
                return change.apply(read);
            }

            @Override
            public String text() {
                return "test";
            }
        });
    }

    private List<Scene> photographs(int count) throws IOException {
        Random random = new Random(1);
        List<Scene> scenes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            BufferedImage picture = new BufferedImage(40 + i, 30, BufferedImage.TYPE_INT_RGB);
            for (int y = 0; y < 30; y++) {
                for (int x = 0; x < 40 + i; x++) {
                    picture.setRGB(x, y, random.nextInt(1 << 24));
                }
            }
            Path file = folder.resolve(i + ".png");
            ImageIO.write(picture, "png", file.toFile());
            scenes.add(new Scene(file, i + ".png", 30, 40 + i, i + ".png", List.of()));
        }
        return scenes;
    }
}
