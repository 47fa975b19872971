package io.sapper.data.detection;

import io.sapper.data.MalformedFileException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Photographs on a canvas, one after the other, a few of them decoded ahead by threads of its own while the caller
 * works on the last. The bytes are those of {@link Canvas#pixels}, however many threads there are. For one caller.
 */
public final class PhotographsAhead implements AutoCloseable {
    private static final int MOST = 1024;

    private final List<Scene> scenes;
    private final int[] order;
    private final Canvas canvas;
    private final int ahead;
    private final ExecutorService decoders;
    private final Queue<Future<byte[]>> begun = new ArrayDeque<>();
    private final List<Thread> threadsBegun = new ArrayList<>(); // by the caller, who submits
    private int submitted;

    /**
     * Begins to decode.
     *
     * @param scenes where the photographs are
     * @param order which of them are wanted, one after the other; any any number of times
     * @param canvas that they lie on
     * @param threads that decode, 1 to 1024
     * @param ahead how many are decoded or being decoded before they are asked for, 1 to 1024: so many canvases are in
     *     memory, and in each thread the photograph it decodes
     */
    public PhotographsAhead(List<Scene> scenes, int[] order, Canvas canvas, int threads, int ahead) {
        if (threads < 1 || threads > MOST || ahead < 1 || ahead > MOST) {
            throw new IllegalArgumentException("Photographs are decoded by 1 to " + MOST + " threads, 1 to " + MOST
                    + " ahead, not by " + threads + ", " + ahead + " ahead.");
        }
        this.scenes = List.copyOf(scenes);
        this.order = order.clone();
        this.canvas = canvas;
        this.ahead = ahead;
        for (int wanted : this.order) {
            if (wanted < 0 || wanted >= this.scenes.size()) {
                throw new IllegalArgumentException(
                        "There is no photograph " + wanted + " among " + this.scenes.size() + ", counted from 0.");
            }
        }
        this.decoders = Executors.newFixedThreadPool(Math.min(threads, ahead), work -> {
            Thread thread = new Thread(work, "sapper-photographs");
            thread.setDaemon(true);
            threadsBegun.add(thread);
            return thread;
        });
        begin();
    }

    private void begin() {
        while (begun.size() < ahead && submitted < order.length) {
            Scene scene = scenes.get(order[submitted]);
            begun.add(decoders.submit(() -> canvas.pixels(scene)));
            submitted++;
        }
    }

    /** Whether there is another one. */
    public boolean hasNext() {
        return !begun.isEmpty();
    }

    /**
     * The next one; waits until it is decoded. After one that cannot be read, the one behind it is next.
     *
     * @return bytes as {@link Canvas#pixels} makes them; the caller's own
     * @throws MalformedFileException if the photograph cannot be read
     * @throws InterruptedIOException if the thread is interrupted, before or while it waits; it stays so
     * @throws NoSuchElementException if there is none, or this is closed
     */
    public byte[] next() throws IOException {
        Future<byte[]> next = begun.remove();
        try {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return next.get();
        } catch (InterruptedException e) {
            next.cancel(true);
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("Reading photographs was interrupted.").initCause(e);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } finally {
            if (!decoders.isShutdown()) {
                begin();
            }
        }
    }

    /** What went wrong there goes on here. */
    private static IOException failure(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause instanceof IOException io) {
            return io;
        }
        throw cause instanceof RuntimeException own ? own : new IllegalStateException(cause);
    }

    /** Gives up what is decoded ahead; returns when the photographs being decoded, one in each thread, are done. */
    @Override
    public void close() {
        begun.clear();
        decoders.shutdownNow();
        boolean interrupted = false;
        for (Thread thread : threadsBegun) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true; // they end soon, and would else read on behind the caller's back
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
