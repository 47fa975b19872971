package io.sapper.network;

import io.sapper.data.MalformedFileException;
import java.io.IOException;
import java.nio.file.Path;

/** A valid ONNX file that uses something Sapper does not run. The message is one line: file, node, what. */
public final class UnsupportedModelException extends IOException {
    private static final long serialVersionUID = 1L;

    UnsupportedModelException(Path file, String node, String what) {
        super(MalformedFileException.oneLine(file + (node.isEmpty() ? "" : ", node " + node) + ": " + what));
    }
}
