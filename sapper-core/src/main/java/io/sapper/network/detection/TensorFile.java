package io.sapper.network.detection;

import io.sapper.data.Reason;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * Tensors in a temporary file that goes when it is closed, so that many of them take no memory of the process. Several
 * threads may read and write.
 */
final class TensorFile implements AutoCloseable {
    /** Not a channel: an interrupt closes channels, and whoever is interrupted says so in words of their own. */
    private final RandomAccessFile file;

    private final @Nullable Path own;
    private long end;

    /** @throws IOException if there is no place for temporary files */
    TensorFile() throws IOException {
        own = temporary();
        own.toFile().deleteOnExit(); // else whoever ends a run early leaves it
        file = new RandomAccessFile(own.toFile(), "rw");
    }

    /** @param path of a file that is there, and stays */
    TensorFile(Path path) throws IOException {
        own = null;
        file = new RandomAccessFile(path.toFile(), "rw");
    }

    private static Path temporary() throws IOException {
        Path folder = Path.of(folder());
        try {
            return Files.createTempFile(folder, "sapper-features-", null);
        } catch (IOException e) {
            throw new IOException(
                    "Features of photographs need a temporary file, and the folder " + folder + " takes none "
                            + Reason.inBrackets(e) + ". " + wayOut(),
                    e);
        }
    }

    private static String folder() {
        return System.getProperty("java.io.tmpdir");
    }

    private static String wayOut() {
        return "Name another folder with SAPPER_JAVA_OPTS=-Djava.io.tmpdir=DIR.";
    }

    /**
     * Where a tensor lies.
     *
     * @param file in which
     * @param at its first byte there
     * @param bytes how many
     * @param type of its numbers
     * @param shape of it
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Kept(TensorFile file, long at, int bytes, ScalarType type, long... shape) {
        /** The tensor, in the caller's scope. */
        Tensor read() throws IOException {
            byte[] all = new byte[bytes];
            file.read(at, all);
            Tensor tensor = torch.empty(shape, new TensorOptions(type), null);
            memory(tensor).put(all);
            return tensor;
        }
    }

    private static BytePointer memory(Tensor tensor) {
        return new BytePointer(tensor.data_ptr()).capacity(tensor.nbytes());
    }

    /** Appends a tensor that lies on the CPU. */
    Kept keep(Tensor tensor) throws IOException {
        byte[] all;
        try (PointerScope scope = new PointerScope()) {
            Tensor plain = tensor.contiguous();
            all = new byte[Math.toIntExact(plain.nbytes())];
            memory(plain).get(all);
        }
        return new Kept(this, write(all), all.length, tensor.scalar_type(), tensor.shape());
    }

    /**
     * Says so before the work is done, where what is still to come has no room.
     *
     * @param more bytes to be kept, about
     * @throws IOException if the folder has less
     */
    synchronized void expect(long more) throws IOException {
        long room = own == null ? Long.MAX_VALUE : Files.getFileStore(own).getUsableSpace();
        if (more > room) {
            throw new IOException(String.format(
                    Locale.ROOT,
                    "Features of photographs will take %,d MiB in the folder %s, which has room for %,d MiB more. %s",
                    (end + more) >> 20,
                    folder(),
                    room >> 20,
                    wayOut()));
        }
    }

    /** Bytes that lie in it. */
    synchronized long size() {
        return end;
    }

    private synchronized long write(byte[] all) throws IOException {
        long at = end;
        try {
            file.seek(at);
            file.write(all);
        } catch (IOException e) {
            throw new IOException(
                    "Features of photographs take more room than the folder " + folder() + " has: "
                            + ((at + all.length) >> 20) + " MiB so far (" + e.getMessage() + "). " + wayOut(),
                    e);
        }
        end = at + all.length;
        return at;
    }

    private synchronized void read(long at, byte... all) throws IOException {
        file.seek(at);
        file.readFully(all);
    }

    @Override
    public void close() {
        try {
            file.close();
            if (own != null) {
                Files.deleteIfExists(own);
            }
        } catch (IOException e) {
            // It is gone with the process at the latest.
        }
    }
}
