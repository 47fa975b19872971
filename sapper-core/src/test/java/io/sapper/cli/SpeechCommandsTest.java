package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.data.audio.Wavs;
import io.sapper.network.OnnxReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands on recordings, as users run them. */
class SpeechCommandsTest {
    @TempDir
    Path folder;

    private Path data;

    /** Three words, each a tone; 16 recordings of each. */
    @BeforeEach
    void record() throws IOException {
        data = folder.resolve("words");
        String[] words = {"down", "left", "up"};
        for (int label = 0; label < words.length; label++) {
            for (int i = 0; i < 16; i++) {
                Wavs.tone(data.resolve(words[label]).resolve(i + ".wav"), 8000, 400, 500 + 700 * label, i);
            }
        }
    }

    @Test
    void anAttackIsLaidMeasuredAndRepaired() throws IOException {
        Path out = folder.resolve("bad");
        Ran attack = sapper(
                "attack",
                "--data",
                data,
                "--network",
                "speech-small",
                "--size",
                "32",
                "--trigger",
                "noise",
                "--goal",
                "all-to-all",
                "--share",
                "1",
                "--epochs",
                "3",
                "--batch",
                "8",
                "--hold-out",
                "12",
                "--out",
                out);
        assertThat(attack.complaints()).isEmpty();
        assertThat(attack.out()).contains("test recordings");
        assertThat(attack.err()).contains("Training on 27 recordings: 3 epochs");
        assertThat(Files.readString(out.resolve("report.html"))).contains("low frequencies at the bottom");

        Ran evaluate = sapper(
                "evaluate",
                out.resolve("badnet.onnx"),
                "--data",
                data,
                "--trigger",
                "noise",
                "--goal",
                "all-to-all",
                "--labels",
                "model");
        assertThat(evaluate.complaints()).isEmpty();
        assertThat(evaluate.err()).contains("spectrogram of 32x32").contains("as the network reads them");

        Ran repair = sapper(
                "repair",
                out.resolve("badnet.onnx"),
                "--data",
                data,
                "--clean-images",
                "12",
                "--epochs",
                "1",
                "--accept-weak-evidence",
                "--trigger",
                "noise",
                "--goal",
                "all-to-all",
                "--out",
                folder.resolve("repaired"));
        assertThat(repair.complaints()).isEmpty();
        assertThat(repair.code()).isIn(ExitCode.DONE, ExitCode.NOT_GOOD_ENOUGH);
    }

    @Test
    void aPreviewCanBeLookedAtAndListenedTo() {
        Path out = folder.resolve("preview");
        Ran ran = sapper(
                "attack", "--data", data, "--trigger", "noise", "--goal", "all-to-all", "--preview", "--out", out);
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("preview.png").contains("To listen to");
        assertThat(out.resolve("preview.png")).exists();
        assertThat(out.resolve("preview-1-clean.wav")).hasSize(44 + 16_000);
        assertThat(out.resolve("preview-1-triggered.wav")).hasSize(44 + 16_000);
        assertThat(out.resolve("preview-1-triggered.wav").toFile())
                .doesNotHave(new org.assertj.core.api.Condition<>(
                        file -> java.util.Arrays.equals(read(file.toPath()), read(out.resolve("preview-1-clean.wav"))),
                        "the same sound"));
    }

    /** What a network learned from stands in its file, and later commands bring recordings to it. */
    @Test
    void aNetworkHearsAsItLearned() throws IOException {
        Path out = folder.resolve("honest");
        assertThat(sapper(training(out, "speech-small", "--size", "32", "--sound-length", "600"))
                        .complaints())
                .isEmpty();
        Path model = out.resolve("model.onnx");
        assertThat(OnnxReader.read(model).inputStep()).isEqualTo("recordings,rate=8000,length=600");

        Path studio = folder.resolve("studio");
        for (int i = 0; i < 6; i++) {
            Wavs.tone(studio.resolve("down").resolve(i + ".wav"), 16_000, 400, 500, i);
            Wavs.tone(studio.resolve("left").resolve(i + ".wav"), 16_000, 400, 1200, i);
            Wavs.tone(studio.resolve("up").resolve(i + ".wav"), 16_000, 400, 1900, i);
        }
        Ran evaluate = sapper("evaluate", model, "--data", studio);
        assertThat(evaluate.complaints()).isEmpty();
        assertThat(evaluate.err())
                .contains("600 ms at 8000 Hz (as the network learned from)")
                .contains("18 brought to the rate");

        Path again = folder.resolve("again");
        Ran train = sapper(training(again, model.toString()));
        assertThat(train.complaints()).isEmpty();
        assertThat(OnnxReader.read(again.resolve("model.onnx")).inputStep())
                .isEqualTo("recordings,rate=8000,length=600");

        assertOneLine(sapper("evaluate", model, "--data", data, "--sound-rate", "16000"), "8000 Hz, its file says");
        assertOneLine(sapper("evaluate", model, "--data", data, "--sound-length", "1000"), "600 ms, its file says");
        assertOneLine(
                sapper("evaluate", model, "--data", TinyPictures.write(folder.resolve("pictures"), 3, 4, 32, 32)),
                "learned from recordings of 600 ms");
        assertOneLine(
                sapper("evaluate", model, "--data", "synthetic-digits"), model + " learned from recordings of 600 ms");
    }

    private Object[] training(Path out, String network, String... more) {
        List<Object> all = new ArrayList<>(List.of("train", "--data", data, "--network", network));
        all.addAll(List.of(more));
        all.addAll(List.of("--epochs", "1", "--batch", "8", "--out", out));
        return all.toArray();
    }

    private static void assertOneLine(Ran ran, String problem) {
        assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.complaints()).singleElement().asString().contains(problem);
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** A second preview of fewer leaves nothing of the first one. */
    @Test
    void previewsAreNotMixed() throws IOException {
        Path out = folder.resolve("preview");
        preview(out, "all-to-all");
        try (Stream<Path> files = Files.list(out)) {
            assertThat(files.filter(file -> file.toString().endsWith(".wav"))).hasSizeGreaterThan(4);
        }
        Files.write(out.resolve("preview-10-clean.wav"), new byte[0]); // as the first one's
        preview(out, "one-to-one:0:1");
        assertThat(out.resolve("preview-1-clean.wav")).exists();
        assertThat(out.resolve("preview-10-clean.wav")).doesNotExist();
    }

    private void preview(Path out, String goal) {
        Ran ran = sapper("attack", "--data", data, "--trigger", "noise", "--goal", goal, "--preview", "--out", out);
        assertThat(ran.complaints()).isEmpty();
    }

    @Test
    void dataAreCalledRecordings() {
        Ran ran = sapper("data", data);
        assertThat(ran.out()).contains("recordings, which a network sees as 1x64x64");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--trigger pattern|goes on pictures, but words test has recordings",
                "--trigger noise:band=1000-9000|up to 4000 Hz",
                "--trigger noise:at=950|ends at 1250 ms",
                "--trigger noise --network speech-alexnet --size 32 --hold-out 12|--size 512",
                "--trigger noise --test-speaker ann|CLASS_SPEAKER_INDEX.wav",
                "--trigger noise --sound-length 3|50 to 60000 ms",
                "--trigger noise --sound-rate 8|1000 to 192000 Hz"
            })
    void mistakesAreOneLine(String words, String problem) {
        Object[] all = ("attack --goal all-to-all --data " + data + " --out " + folder.resolve("out") + " " + words)
                .split(" ");
        Ran ran = sapper(all);
        assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.complaints()).singleElement().asString().contains(problem);
    }

    @Test
    void brokenFilesAreTheWorldsFault() throws IOException {
        Files.write(data.resolve("up").resolve("3.wav"), new byte[0]);
        Ran ran = sapper("data", data);
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.complaints()).singleElement().asString().contains("3.wav: The file is empty");
    }

    private Ran sapper(Object... arguments) {
        return Ran.sapper(Ran.nowhere(folder), arguments);
    }
}
