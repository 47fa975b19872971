package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.data.ImageShape;
import io.sapper.network.Initialization;
import io.sapper.network.OnnxWriter;
import io.sapper.network.zoo.Architecture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything a user can get wrong ends in one line on standard error and the documented exit code. */
class BadInputTest {
    @TempDir
    Path folder;

    private final PrintStream errBefore = System.err;
    private final PrintStream outBefore = System.out;
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void listen() {
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        System.setOut(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setErr(errBefore);
        System.setOut(outBefore);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "attack --data synthetic-digits --out O --trigger star | 64 | star",
                "attack --data synthetic-digits --out O --trigger pixels:40,2=255 | 64 | 1x28x28",
                "attack --data synthetic-digits --out O --goal world | 64 | world",
                "attack --data synthetic-digits --out O --goal all-to-one:12 | 64 | 12",
                "attack --data synthetic-digits --out O --share p=0 | 64 | 0",
                "attack --data synthetic-digits --out O --share 1.5 | 64 | 1.5",
                "attack --data synthetic-digits --out O --share -1 | 64 | -1",
                "attack --data synthetic-digits --out O --share NaN | 64 | NaN",
                "attack --data synthetic-digits --out O --network vgg | 64 | badnets-digits",
                "attack --data synthetic-digits --out O --hold-out 30000 | 64 | 30000",
                "train --data synthetic-digits --out O --learning-rate 0 | 64 | learning rate",
                "train --data synthetic-digits --out O --learning-rate NaN | 64 | learning rate",
                "train --data synthetic-digits --out O --epochs 0 | 64 | epochs",
                "train --data synthetic-digits --out O --batch -4 | 64 | batch",
                "train --data synthetic-digits --out O --optimizer newton | 64 | sgd, adam",
                "train --data synthetic-digits --out O --schedule moon | 64 | one-cycle",
                "train --data synthetic-digits --out O --device tpu | 64 | cpu, cuda",
                "train --data synthetic-digits --out O --threads 0 | 64 | threads",
                "train --data nowhere --out O | 64 | nowhere",
                "train --data synthetic-digits | 64 | --out",
                "train --data synthetic-digits --out O --learning-rate 1e20 | 2 | learning rate",
                "evaluate missing.onnx | 2 | missing.onnx",
                "evaluate T | 2 | not an ONNX model",
                "evaluate T --trigger pattern | 64 | go together",
                "inspect T | 2 | not an ONNX model",
                "repair M --data synthetic-digits --out O --layer conv9 | 64 | conv9",
                "repair M --data synthetic-digits --out O --allowed-drop 4 | 64 | 4",
                "repair M --data synthetic-digits --out O --clean-images 3 | 64 | 3",
                "evaluate W --data synthetic-digits | 64 | 3x32x32",
                "report T | 2 | not a result",
                "data nothing-known | 64 | nothing-known",
                "reproduce table9 --out O | 64 | table9",
                "frobnicate | 64 | frobnicate",
            })
    void isOneLineAndAnExitCode(String command, int code, String named) throws IOException {
        Path text = Files.writeString(folder.resolve("text.onnx"), "This is no model at all.");
        String[] arguments = Arrays.stream(command.strip().split(" "))
                .map(word -> switch (word) {
                    case "O" -> folder.resolve("out").toString();
                    case "T" -> text.toString();
                    case "M" -> model(new ImageShape(1, 28, 28)).toString();
                    case "W" -> model(new ImageShape(3, 32, 32)).toString();
                    default -> word;
                })
                .toArray(String[]::new);

        assertThat(Sapper.run(arguments)).as(this::said).isEqualTo(code);
        assertThat(said().lines().filter(line -> line.startsWith("sapper: "))).hasSize(1);
        assertThat(said()).contains(named).doesNotContain("\tat ");
        assertThat(leftovers()).as("half-written files").isEmpty();
    }

    @Test
    void twoRunsIntoOneFolderAreRefused() throws IOException {
        Path out = folder.resolve("out");
        try (OutputFolder first = OutputFolder.open(out)) {
            assertThat(Sapper.run("train", "--data", "synthetic-digits", "--out", out.toString()))
                    .isEqualTo(ExitCode.USAGE);
            assertThat(said()).contains("Another run");
            assertThat(first.path()).isEqualTo(out);
        }
    }

    @Test
    void anOutputFolderThatIsAFileIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertThat(Sapper.run("train", "--data", "synthetic-digits", "--out", file.toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(file).hasContent("x");
    }

    @Test
    void anOutputFolderThatCannotBeMadeIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        String below = file.resolve("below").toString();
        assertThat(Sapper.run("train", "--data", "synthetic-digits", "--out", below))
                .isEqualTo(ExitCode.USAGE);
        assertThat(said()).contains("Cannot write into");
    }

    private Path model(ImageShape shape) {
        try {
            Path file = folder.resolve("model-" + shape + ".onnx");
            OnnxWriter.write(Initialization.draw(Architecture.BADNETS_DIGITS.graph(shape, 10), 1), file);
            return file;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<Path> leftovers() throws IOException {
        Path out = folder.resolve("out");
        if (!Files.isDirectory(out)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(out)) {
            return files.filter(file ->
                            file.toString().endsWith(".part") || file.toString().endsWith(".onnx"))
                    .toList();
        }
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
