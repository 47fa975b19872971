package io.sapper.signing;

import io.sapper.data.MalformedFileException;
import java.io.IOException;
import java.nio.file.Path;

/** A key, certificate or bundle that may be right and that is not read here. The message is one line with a way out. */
public final class UnsupportedSignatureException extends IOException {
    private static final long serialVersionUID = 1L;

    UnsupportedSignatureException(Path file, String what) {
        super(MalformedFileException.oneLine(file + ": " + what));
    }

    private UnsupportedSignatureException(String message) {
        super(message);
    }

    /** The same, beginning with what wants it, for example a policy. */
    public UnsupportedSignatureException wantedBy(String from) {
        return new UnsupportedSignatureException(from + ": " + getMessage());
    }
}
