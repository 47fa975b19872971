package io.sapper.network;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Reads parts of files piece by piece: Java takes as much memory again for the piece that it reads at once. */
final class FileBytes {
    private static final int PIECE = 1 << 20;

    private FileBytes() {}

    /** @throws EOFException if the file ends before */
    static byte[] read(FileChannel channel, long offset, int length) throws IOException {
        byte[] bytes = new byte[length];
        for (int done = 0; done < length; ) {
            int read = channel.read(ByteBuffer.wrap(bytes, done, Math.min(PIECE, length - done)), offset + done);
            if (read < 0) {
                throw new EOFException("it ends too early");
            }
            done += read;
        }
        return bytes;
    }
}
