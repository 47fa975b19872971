package io.sapper.network.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.MalformedFileException;
import io.sapper.network.Graph;
import io.sapper.network.OnnxReader;
import io.sapper.network.OnnxWriter;
import io.sapper.network.SampleGraphs;
import io.sapper.network.operator.NotSupported;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectorFileTest {
    @TempDir
    Path folder;

    private Graph written(List<String> classes) throws IOException {
        return written(SampleDetectors.small(1), classes);
    }

    private Graph written(Graph graph, List<String> classes) throws IOException {
        Path file = folder.resolve("detector.onnx");
        OnnxWriter.write(graph, file, classes);
        return OnnxReader.read(file);
    }

    private DetectorFile read(Graph graph, String... said) throws IOException {
        return DetectorFile.of(folder.resolve("detector.onnx"), graph, List.of(said));
    }

    @Test
    void theFileSaysItsClasses() throws IOException {
        DetectorFile read = read(written(List.of("stop", "limit, \"30\"")));

        assertThat(read.classes()).containsExactly("stop", "limit, \"30\"");
        assertThat(read.named()).isTrue();
        assertThat(read.detector().canvas()).isEqualTo(SampleDetectors.CANVAS);
    }

    @Test
    void whatWasReadSaysTheSameWhenItIsWrittenAgain() throws IOException {
        Graph read = written(List.of("stop", "limit"));

        assertThat(written(read, List.of()).classNames()).containsExactly("stop", "limit");
        assertThat(written(read, List.of("a", "b")).classNames()).containsExactly("stop", "limit");
        assertThat(written(written(List.of()), List.of("a", "b")).classNames()).containsExactly("a", "b");
    }

    @Test
    void withoutNamesTheyAreNumbersOrAsTheUserSays() throws IOException {
        Graph nameless = written(List.of());

        assertThat(read(nameless).classes()).containsExactly("0", "1");
        assertThat(read(nameless).named()).isFalse();
        assertThat(read(nameless, "a", "b").classes()).containsExactly("a", "b");
        assertThat(read(nameless, "a", "b").named()).isTrue();
    }

    @Test
    void namesMustBeAsManyAsClasses() throws IOException {
        assertThatThrownBy(() -> read(written(List.of("stop", "limit")), "stop"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--classes names 1 classes, but the detector")
                .hasMessageEndingWith("knows 2.");
        assertThatThrownBy(() -> read(written(List.of("stop"))))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("has 2 classes, but its file names stop");
        assertThatThrownBy(() -> read(written(List.of("stop", "stop")))).isInstanceOf(MalformedFileException.class);
    }

    @Test
    void aClassifierIsNone() {
        assertThatThrownBy(() -> read(SampleGraphs.small(1)))
                .isInstanceOf(NotSupported.class)
                .hasMessageContaining("is no detector as Sapper makes them: it gives scores of classes");
    }
}
