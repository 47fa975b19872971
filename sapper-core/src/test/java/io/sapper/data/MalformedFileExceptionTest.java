package io.sapper.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What a file smuggles into a message can still be read there, and does nothing. */
class MalformedFileExceptionTest {
    @Test
    void whatDoesNotShowItselfIsWrittenOut() {
        assertThat(new MalformedFileException(Path.of("a.onnx"), "node b\u001b[2J\n", "no \u202ename\u2028."))
                .hasMessage("a.onnx, node b\\u001b[2J\\u000a: no \\u202ename\\u2028.");
        assertThat(Reason.of(new IOException("tar entry c\u0007 \r\n is cut"))).isEqualTo("tar entry c\\u0007 is cut");
    }

    /** The end of a long message is its way out: whoever shows it cuts it, once. */
    @Test
    void nothingIsLeftOut() {
        String name = "x".repeat(3 * Plain.LONGEST);
        assertThat(MalformedFileException.oneLine(name + " Maybe another.")).isEqualTo(name + " Maybe another.");
    }
}
