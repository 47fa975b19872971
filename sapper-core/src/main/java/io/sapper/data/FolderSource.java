package io.sapper.data;

import io.sapper.data.image.IdxFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * MNIST from a folder.
 *
 * @param folder with the four files, gzipped or not
 * @param packedFirst whether of a file that is there in both forms the gzipped one is read
 */
record FolderSource(Path folder, boolean packedFirst) implements MnistSource {
    /** The user's own folder, read as any other folder of IDX files. */
    static FolderSource own(Path folder) {
        return new FolderSource(folder, false);
    }

    /** The cache: what downloads put there is gzipped, so that a damaged unpacked file does not hide it for ever. */
    static FolderSource cache(Path folder) {
        return new FolderSource(folder, true);
    }

    @Override
    public String describe() {
        return folder.toString();
    }

    @Override
    public Map<MnistFile, Contents> fetch(Listener listener) throws IOException {
        Map<MnistFile, Contents> files = new EnumMap<>(MnistFile.class);
        for (MnistFile file : MnistFile.values()) {
            Path packed = folder.resolve(file.fileName() + ".gz");
            files.put(
                    file,
                    Contents.read(
                            packedFirst && Files.isRegularFile(packed)
                                    ? packed
                                    : IdxFolder.file(folder, file.fileName())));
        }
        return files;
    }
}
