package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailuresTest {
    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new OutOfMemoryError("Java heap space"), 2, "SAPPER_JAVA_OPTS=-Xmx4g"),
                Arguments.of(new IllegalStateException("A replica failed", new OutOfMemoryError("x")), 2, "-Xmx4g"),
                Arguments.of(
                        new UnsatisfiedLinkError("no jnitorch in java.library.path: /usr/lib:/lib"),
                        2,
                        "(no jnitorch). Maybe Sapper was built on another platform: build it again"),
                Arguments.of(
                        new UnsatisfiedLinkError("no jnitorch in java.library.path: /lib")
                                .initCause(
                                        new UnsatisfiedLinkError("/x/libjnitorch.so: libcupti.so.13: cannot open shared"
                                                + " object file: No such file or directory")),
                        2,
                        "A library is missing on this machine: libcupti.so.13. Install it;"),
                Arguments.of(new NoClassDefFoundError("Could not initialize class a.B"), 2, "a.B"),
                Arguments.of(new StackOverflowError(), 2, "SAPPER_JAVA_OPTS=-Xss16m"),
                Arguments.of(new AssertionError("a\nb"), 2, "AssertionError: a (--stacktrace shows where)"),
                Arguments.of(new UncheckedIOException(new AccessDeniedException("/x")), 2, "/x: no permission"),
                Arguments.of(new IOException((String) null), 2, "IOException"),
                Arguments.of(new IllegalArgumentException("bad\r\n  value"), 64, "sapper: bad value"),
                Arguments.of(new NullPointerException(), 2, "NullPointerException: null (--stacktrace shows where)"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void isOneLineWithAWayOut(Throwable failure, int code, String said) {
        assertThat(report(failure, code))
                .contains(said)
                .doesNotContain("library.path")
                .hasLineCount(1);
        assertThat(report(failure, code, "--stacktrace")).contains("\tat ");
    }

    /** What libtorch itself throws has a C++ stack trace of many lines, and file names of the machine that built it. */
    @Test
    void libtorchIsCutToWhatItSays() {
        Throwable shape = catchThrowable(() -> Tensor.create(new float[6]).reshape(4, 2));
        assertThat(shape).hasMessageContaining("InferSize.h").hasMessageContaining("frame #0");
        assertThat(report(shape, 2))
                .isEqualTo("sapper: libtorch failed: shape '[4, 2]' is invalid for input of size 6"
                        + " (--stacktrace shows where)\n");
        assertThat(report(new IllegalStateException("A replica failed: " + shape, shape), 2))
                .isEqualTo(report(shape, 2));
        Throwable memory = catchThrowable(() -> torch.ones(1L << 44));
        assertThat(report(memory, 2))
                .startsWith("sapper: libtorch failed: DefaultCPUAllocator: can't allocate memory")
                .contains("a smaller --batch")
                .hasLineCount(1);
        assertThat(report(new RuntimeException("x INTERNAL ASSERT FAILED at \"/a/b/c.cpp\":12, please report"), 2))
                .contains("x INTERNAL ASSERT FAILED, please report");
    }

    private static String report(Throwable failure, int code, String... arguments) {
        StringWriter said = new StringWriter();
        assertThat(Failures.report(failure, new PrintWriter(said), arguments)).isEqualTo(code);
        return said.toString();
    }
}
