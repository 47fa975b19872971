package io.sapper.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes images as MNIST's files are. */
public final class IdxFiles {
    private IdxFiles() {}

    /** Writes four files into a folder, which is made if it is not there, and gives the folder back. */
    public static Path write(Split split, Path folder) throws IOException {
        Files.createDirectories(folder);
        write(split.train(), folder, "train");
        write(split.test(), folder, "t10k");
        return folder;
    }

    private static void write(Dataset data, Path folder, String part) throws IOException {
        ByteBuffer images = ByteBuffer.allocate(16 + data.size() * data.shape().size());
        images.putInt(0x803)
                .putInt(data.size())
                .putInt(data.shape().height())
                .putInt(data.shape().width());
        ByteBuffer labels = ByteBuffer.allocate(8 + data.size());
        labels.putInt(0x801).putInt(data.size());
        for (int i = 0; i < data.size(); i++) {
            images.put(data.image(i));
            labels.put((byte) data.label(i));
        }
        Files.write(folder.resolve(part + "-images-idx3-ubyte"), images.array());
        Files.write(folder.resolve(part + "-labels-idx1-ubyte"), labels.array());
    }
}
