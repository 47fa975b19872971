package io.sapper.cli;

import io.sapper.data.ImageShape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder with {@link TinyDigits}, an untrained network for them, and room for what a command writes.
 *
 * @param folder that all of it lies in
 * @param digits the data
 * @param model the network
 * @param out not there yet
 */
record TinyPlace(Path folder, Path digits, Path model, Path out) {
    static TinyPlace in(Path folder) throws IOException {
        return new TinyPlace(
                folder,
                TinyDigits.write(folder.resolve("digits")),
                TinyDigits.network(folder.resolve("m.onnx"), new ImageShape(1, 28, 28), 10),
                folder.resolve("out"));
    }

    /** Runs a command on the digits, where nothing else can be had from. */
    Ran sapper(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", digits));
        return Ran.sapper(Ran.nowhere(folder), all.toArray());
    }
}
