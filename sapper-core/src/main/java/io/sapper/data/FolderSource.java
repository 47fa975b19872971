package io.sapper.data;

import io.sapper.data.image.IdxFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * MNIST from a folder.
 *
 * @param folder with the four files, gzipped or not
 */
record FolderSource(Path folder) implements MnistSource {
    @Override
    public String describe() {
        return folder.toString();
    }

    @Override
    public Map<MnistFile, Contents> fetch(Listener listener) throws IOException {
        Map<MnistFile, Contents> files = new EnumMap<>(MnistFile.class);
        for (MnistFile file : MnistFile.values()) {
            files.put(file, Contents.read(IdxFolder.file(folder, file.fileName())));
        }
        return files;
    }
}
