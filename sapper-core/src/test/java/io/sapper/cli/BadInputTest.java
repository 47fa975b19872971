package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.data.ImageShape;
import io.sapper.data.synthetic.SyntheticDigits;
import io.sapper.network.Compute;
import io.sapper.network.Engine;
import io.sapper.network.Network;
import io.sapper.network.OnnxReader;
import io.sapper.training.Checkpoints;
import io.sapper.training.Optimizer;
import io.sapper.training.Progress;
import io.sapper.training.Schedule;
import io.sapper.training.Trainer;
import io.sapper.training.TrainingOptions;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything a user can get wrong ends in one line on standard error and the documented exit code; nothing is lost. */
class BadInputTest {
    @TempDir
    Path folder;

    /** O: output folder; D: digits; M: a network for them; W, C: networks for other images, other classes; T: text. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "attack --data D --out O --trigger star | 64 | pixel, pattern",
                "attack --data D --out O --trigger pixels:40,2=255 | 64 | 1x28x28",
                "attack --data D --out O --preview --trigger pixels:2,28=255 | 64 | 1x28x28",
                "attack --data D --out O --trigger sticker:nofile.png@1,1 | 2 | nofile.png",
                "attack --data D --out O --trigger sticker:T@1,1 | 2 | text.onnx",
                "attack --data D --out O --goal world | 64 | all-to-one:TARGET",
                "attack --data D --out O --goal all-to-one:10 | 64 | classes 0 to 9",
                "attack --data D --out O --goal all-to-one:-1 | 64 | '-1', which is neither the name nor",
                "attack --data D --out O --goal one-to-one:3:3 | 64 | two different classes",
                "attack --data D --out O --goal one-to-one:1:x | 64 | 'x'",
                "attack --data D --out O --share p=0 | 64 | above 0",
                "attack --data D --out O --share p=1e-9 | 64 | no copy at all",
                "attack --data D --out O --share p=1 | 64 | attacks only",
                "attack --data D --out O --share 1.5 | 64 | 1.5",
                "attack --data D --out O --share -1 | 64 | -1",
                "attack --data D --out O --share NaN | 64 | NaN",
                "attack --data D --out O --share share=0 | 64 | above 0 and below 1",
                "attack --data D --out O --share share=1 | 64 | above 0 and below 1",
                "attack --data D --out O --share share=NaN | 64 | NaN",
                "attack --data D --out O --share much | 64 | p=0.1",
                "attack --data D --out O --network vgg | 64 | badnets-digits",
                "attack --data D --out O --pruning-aware 0 | 64 | At least 1 channel must stay live",
                "attack --data D --out O --pruning-aware 33 | 64 | conv2 has 32 channels, so at most 32",
                "attack --data D --out O --pruning-aware few | 64 | 'few' is not a whole number",
                "attack --data D --out O --pruning-aware 8 --decoys dead | 64 | just-dormant, just-dormant:MARGIN, crude",
                "attack --data D --out O --pruning-aware 8 --decoys just-dormant:0 | 64 | margin of decoys must be above 0",
                "attack --data D --out O --pruning-aware 8 --capacity 0.01 | 64 | LOSS:SUCCESS",
                "attack --data D --out O --pruning-aware 8 --capacity 2:0.9 | 64 | fractions in [0, 1]",
                "attack --data D --out O --decoys crude | 64 | --decoys needs --pruning-aware LIVE",
                "attack --data D --out O --capacity 0.01:0.9 | 64 | --capacity needs --pruning-aware LIVE",
                "attack --data D --out O --hold-out 60 | 64 | fewer than the 60",
                "attack --data D --out O --hold-out -5 | 64 | at least 10",
                "train --data D --out O --learning-rate 0 | 64 | learning rate",
                "train --data D --out O --learning-rate NaN | 64 | learning rate",
                "train --data D --out O --learning-rate fast | 64 | 'fast' is not a number.",
                "train --data D --out O --epochs 0 | 64 | epochs",
                "train --data D --out O --epochs 1.5 | 64 | '1.5' is not a whole number",
                "train --data D --out O --batch -4 | 64 | batch",
                "train --data D --out O --epochs 1000001 | 64 | at most 1000000, not 1000001",
                "train --data D --out O --epochs 2147483648 | 64 | too large",
                "train --data D --out O --batch 100000000 | 64 | at most 65536, not 100000000",
                "train --data D --out O --replicas 0 | 64 | replicas",
                "train --data D --out O --replicas 100000 | 64 | number of replicas must be at most",
                "train --data D --out O --threads 100000 | 64 | --threads must be 1 to",
                "evaluate M --data D --threads 100000 | 64 | on this machine, not 100000.",
                "repair M --data D --out O --threads -1 | 64 | --threads must be 1 to",
                "reproduce badnets.baseline --data D --out O --threads 100000 | 64 | --threads must be 1 to",
                "demo --data D --out O --threads 100000 | 64 | --threads must be 1 to",
                "evaluate M --data D --device cuda | 2 | No CUDA device",
                "train --data D --out T | 2 | is a file, not a folder",
                "train --data D --out O --seed 99999999999999999999 | 64 | too large",
                "train --data D --out O --optimizer newton | 64 | sgd, adam",
                "train --data D --out O --schedule moon | 64 | one-cycle",
                "train --data D --out O --device tpu | 64 | cpu, cuda",
                "train --data D --out O --threads 0 | 64 | threads",
                "train --data nowhere --out O | 64 | mnist, cifar10, lfw-faces, spoken-digits, lisa-signs, synthetic-digits",
                "train --data T --out O | 64 | is no folder",
                "train --data cifar10 --out O | 2 | Sapper does not fetch it",
                "train --data lfw-faces --out O --network deepid | 2 | Sapper does not fetch them. Take the aligned",
                "train --data D --out O --network deepid | 64 | needs pictures of at least 31 rows and 31 columns",
                "train --data D --out O --augment spin | 64 | Known: none, flip, shift",
                "train --data D --out O --augment shift=14 | 64 | may shift everything out of pictures of 1x28x28",
                "attack --data D --out O --trigger sunglasses:none.png | 2 | There is no such picture file",
                "attack --data D --out O --share persons=99 | 64 | asks for 99 classes, but the goal attacks only 9",
                "data D --per-class 5 | 64 | are for folders of pictures",
                "train --data D | 64 | --out",
                "train --data D --out O --epoch 3 | 64 | Maybe --epochs is meant.",
                "train --data D --out O --batch 8 --learning-rate 1e20 | 2 | learning rate 1.0E20 is too high",
                "evaluate missing.onnx | 2 | missing.onnx: there is no such file.",
                "evaluate T | 2 | not an ONNX model",
                "evaluate M --trigger pattern | 64 | go together",
                "evaluate M --data D --trigger pixels:30,1=9 --goal all-to-all | 64 | 1x28x28",
                "evaluate M --data D --trigger pattern --goal all-to-one:77 | 64 | 77",
                "evaluate W --data D --labels model | 64 | w.onnx: The network reads inputs of shape 3x32x32",
                "audit W --data D | 64 | w.onnx: The network reads inputs of shape 3x32x32",
                "repair W --data D --out O | 64 | w.onnx: The network reads inputs of shape 3x32x32",
                "audit C --data D | 64 | c.onnx: The network knows 7 classes, but digits test has 10",
                "evaluate W --data D | 64 | shape 3x32x32, but digits test has images of 1x28x28",
                "evaluate C --data D | 64 | knows 7 classes, but digits test has 10",
                "evaluate EMPTY --data D | 2 | the file is empty",
                "evaluate DIR --data D | 2 | this is a folder, not an ONNX file. Maybe",
                "inspect T | 2 | not an ONNX model",
                "inspect EMPTY | 2 | the file is empty",
                "inspect DIR | 2 | this is a folder",
                "inspect NUL | 64 | is no path here",
                "inspect | 64 | MODEL",
                "repair M --data D --out O --layer conv9 | 64 | conv9",
                "repair M --data D --out O --layer fc2 | 64 | 'fc2' makes the class scores",
                "repair M --data D --out O --layer conv1.relu | 64 | is a Relu, which has no channels",
                "repair M --data D --out O --learning-rate 0 | 64 | learning rate",
                "repair M --data D --out O --learning-rate 0.1,fast | 64 | 'fast' is not a number",
                "repair M --data D --out O --epochs 0 | 64 | epochs",
                "repair M --data D --out O --batch 0 | 64 | batch",
                "repair M --data D --out O --momentum 1 | 64 | momentum",
                "repair M --data D --out O --max-class-loss 2 | 64 | (--max-class-loss) must be a fraction in [0, 1], not 2.0",
                "repair M --data D --out O --allowed-drop 4 | 64 | (--allowed-drop) must be a fraction in [0, 1], not 4.0",
                "repair M --data D --out O --max-loss -1 | 64 | (--max-loss) must be a fraction in [0, 1], not -1.0",
                "repair M --data D --out O --clean-images 3 | 64 | 3",
                "repair W --data D --out O | 64 | 3x32x32",
                "repair C --data D --out O | 64 | 7 classes",
                "repair DIR --data D --out O | 2 | this is a folder",
                "repair M --data D --out NUL | 64 | is no path here",
                "report T | 2 | not a result",
                "report nothing.json | 2 | nothing.json: there is no such file.",
                "report DIR | 2 | this is a folder",
                "report EMPTY | 2 | not a result",
                "data nothing-known | 64 | nothing-known",
                "data NUL | 64 | mnist, cifar10, lfw-faces, spoken-digits, lisa-signs, synthetic-digits",
                "reproduce table9 --out O | 64 | badnets.baseline, badnets.all-to-all",
                "reproduce badnets.baseline --out O --seeds 0 | 64 | --seeds must be 1 to 10000, not 0",
                "reproduce badnets.baseline --out O --seeds 10001 | 64 | --seeds must be 1 to 10000",
                "evaluate M --data D --min-accuracy 2 | 64 | (--min-accuracy) must be a fraction in [0, 1], not 2.0",
                "evaluate M --data D --max-attack-success NaN | 64 | (--max-attack-success) must be a fraction in [0, 1], not NaN",
                "attack --data D --out O --min-attack-success -1 | 64 | (--min-attack-success) must be a fraction in [0, 1], not -1.0",
                "train --data D --out O --max-attack-success 0.1 | 64 | Unknown option '--max-attack-success",
                "evaluate M --data D --min-attack-success 0.1 | 64 | Unknown option '--min-attack-success",
                "help frobnicate | 64 | Unknown command 'frobnicate'.",
                "frobnicate | 64 | Unknown command 'frobnicate'.",
                "repare M | 64 | repair",
                "data D --size 32 | 64 | are for folders of pictures",
                "data D --test-share 0.5 | 64 | are for folders of pictures",
                "data synthetic-digits --size 32 | 64 | are for folders of pictures",
                "data D --size huge | 64 | 'huge'",
                "data D --test-share 1 | 64 | between 0 and 1",
                "train --data D --out O --fit crop | 64 | give both",
                "train --data D --out O --size 32 --fit squeeze | 64 | resize",
                "train --data D --out O --optimizer adam --momentum 1.5 | 64 | beta1",
                "attack --data D --out O --goal one-to-one:1: | 64 | one-to-one:SOURCE:TARGET",
                "attack --data D --out O --trigger pixels:0,0=0 | 64 | changes nothing in any of",
                "attack --data D --out O --preview --trigger pixels:0,0=0 | 64 | changes nothing in any of",
                "evaluate M --data D --trigger pixels:0,0=0 --goal random | 64 | changes nothing in any of",
                "data mnist | 2 | MNIST could be had from nowhere",
                "train --out O | 2 | MNIST could be had from nowhere",
                "attack --out O | 2 | --data synthetic-digits",
                "evaluate M | 2 | MNIST could be had from nowhere",
                "repair M --out O | 2 | MNIST could be had from nowhere",
                "reproduce badnets.baseline --out O | 2 | MNIST could be had from nowhere",
            })
    void isOneLineAndAnExitCode(String command, int code, String named) throws IOException {
        Path text = Files.writeString(folder.resolve("text.onnx"), "This is no model at all.");
        Map<String, Object> names = Map.of(
                "O", folder.resolve("out"),
                "D", TinyDigits.write(folder.resolve("digits")),
                "M", TinyDigits.network(folder.resolve("m.onnx"), new ImageShape(1, 28, 28), 10),
                "W", TinyDigits.network(folder.resolve("w.onnx"), new ImageShape(3, 32, 32), 10),
                "C", TinyDigits.network(folder.resolve("c.onnx"), new ImageShape(1, 28, 28), 7),
                "T", text,
                "EMPTY", Files.createFile(folder.resolve("empty.onnx")),
                "DIR", folder,
                "NUL", "a\0b");
        Object[] arguments = Arrays.stream(command.strip().split(" "))
                .map(word -> names.getOrDefault(word, word.replace(":T@", ":" + text + "@")))
                .toArray();
        Map<String, Long> before = files();

        Ran ran = Ran.sapper(Ran.nowhere(folder), arguments);

        assertThat(ran.code()).as(ran.err()).isEqualTo(code);
        assertThat(ran.complaints()).singleElement().asString().contains(named);
        assertThat(ran.err()).doesNotContain("\tat ").doesNotContain("\0");
        assertThat(ran.out()).isEmpty();
        assertThat(files()).as("nothing lost, nothing half-written").isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "train-images-idx3-ubyte | delete | no data of a known kind",
                "t10k-images-idx3-ubyte | delete | neither t10k-images-idx3-ubyte nor",
                "train-labels-idx1-ubyte | delete | neither train-labels-idx1-ubyte nor",
                "train-images-idx3-ubyte | cut | The file ends here, but 60 images of 28x28 need",
                "train-labels-idx1-ubyte | cut | The file ends here, but 60 labels need",
                "train-images-idx3-ubyte | text | Expected magic 2051",
                "train-images-idx3-ubyte | empty | The file is empty",
                "t10k-labels-idx1-ubyte | text | Expected magic 2049",
                "train-images-idx3-ubyte | gzip | gzip data",
                "t10k-images-idx3-ubyte | lengthen | bytes follow",
                "train-labels-idx1-ubyte | t10k-labels-idx1-ubyte | 20 labels for the 60 images",
                "t10k-labels-idx1-ubyte | train-images-idx3-ubyte | Maybe image file and label file are exchanged",
                "t10k-labels-idx1-ubyte | letters | Label 25 is outside the 10 classes",
            })
    void aBrokenDataFileIsNamed(String file, String how, String named) throws IOException {
        Path digits = TinyDigits.write(folder.resolve("digits"));
        Path broken = digits.resolve(file);
        byte[] bytes = Files.readAllBytes(broken);
        switch (how) {
            case "delete" -> Files.delete(broken);
            case "cut" -> Files.write(broken, Arrays.copyOf(bytes, bytes.length - 7));
            case "lengthen" -> Files.write(broken, Arrays.copyOf(bytes, bytes.length + 7));
            case "text" -> Files.writeString(broken, "<!DOCTYPE html><html>not found</html>");
            case "empty" -> Files.write(broken, new byte[0]);
            case "gzip" -> Files.write(broken, new byte[] {0x1f, (byte) 0x8b, 8, 0, 0});
            case "letters" -> {
                bytes[bytes.length - 1] = 25;
                Files.write(broken, bytes);
            }
            default -> Files.write(broken, Files.readAllBytes(digits.resolve(how)));
        }
        Map<String, Long> before = files();
        for (Object[] command : new Object[][] {
            {"data", digits}, {"train", "--data", digits, "--epochs", 1, "--out", folder.resolve("out")}
        }) {
            Ran ran = Ran.sapper(Ran.nowhere(folder), command);
            assertThat(ran.complaints()).singleElement().asString().contains(named);
            assertThat(ran.code()).isEqualTo(ExitCode.MALFORMED);
            assertThat(files()).isEqualTo(before);
        }
    }

    @Test
    void anEmptyClassFolderIsNamed() throws IOException {
        for (String path : new String[] {"pictures/cat/1.png", "pictures/cat/2.png", "pictures/dog/1.png"}) {
            Files.createDirectories(folder.resolve(path).getParent());
            ImageIO.write(
                    new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB),
                    "png",
                    folder.resolve(path).toFile());
        }
        Files.createDirectories(folder.resolve("pictures/emu"));
        Ran ran = Ran.sapper(Ran.nowhere(folder), "data", folder.resolve("pictures"));
        assertThat(ran.code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(ran.complaints()).singleElement().asString().contains("emu: There is no picture");
    }

    @Test
    void outputAmongTheClassesIsRefused() throws IOException {
        for (String path : new String[] {"pictures/cat/1.png", "pictures/dog/1.png"}) {
            Files.createDirectories(folder.resolve(path).getParent());
            Files.createFile(folder.resolve(path));
        }
        Path pictures = folder.resolve("pictures");
        Ran ran = Ran.sapper(Ran.nowhere(folder), "train", "--data", pictures, "--out", pictures.resolve("out"));
        assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.complaints()).singleElement().asString().contains("each folder is a class");
        assertThat(pictures.resolve("out")).doesNotExist();
    }

    /** A checkpoint is left as by a process that was killed; then the user says something else. */
    @ParameterizedTest
    @CsvSource({
        "2, 64, --resume, 'with other settings: seed (1 there, 2 here). Maybe'",
        "1, 32, --resume, 'with other settings: batch (64 there, 32 here). Maybe'",
        "1, 64, --stacktrace, Maybe go on with --resume"
    })
    void aCheckpointOfAnotherRunIsRefusedAndStays(int seed, int batch, String last, String said) throws IOException {
        Path digits = TinyDigits.write(folder.resolve("digits"));
        Path checkpoint = folder.resolve("out").resolve("checkpoint");
        interrupt(new TrainingOptions(3, 64, new Optimizer.Sgd(0.1, 0.9, 5e-4), Schedule.ONE_CYCLE, 1), checkpoint);
        Map<String, Long> before = files();
        Ran ran = Ran.sapper(Ran.nowhere(folder), (Object[])
                ("train --threads 1 --epochs 3 --learning-rate 0.1 --seed " + seed + " --batch " + batch + " --data "
                                + digits + " --out " + checkpoint.getParent() + " " + last)
                        .split(" "));
        assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.complaints()).singleElement().asString().contains("heckpoint", said);
        assertThat(files()).containsAllEntriesOf(before);
    }

    private void interrupt(TrainingOptions options, Path checkpoint) throws IOException {
        Engine.threads(1); // as the command will have
        Path model = TinyDigits.network(folder.resolve("first.onnx"), new ImageShape(1, 28, 28), 10);
        try (Network network = Network.of(OnnxReader.read(model), Compute.CPU)) {
            Trainer.train(
                    network,
                    SyntheticDigits.generate(TinyDigits.TRAIN, 20, 1).train(),
                    options,
                    1,
                    new Progress() {
                        @Override
                        public void step(long done, long total) {
                            if (done > 2 * TinyDigits.TRAIN) {
                                throw new IllegalStateException("killed");
                            }
                        }
                    },
                    Checkpoints.in(checkpoint, false));
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("killed");
        }
        assertThat(checkpoint).isNotEmptyDirectory();
    }

    /** All files and their sizes. */
    private Map<String, Long> files() {
        try (Stream<Path> all = Files.walk(folder)) {
            Map<String, Long> files = new TreeMap<>();
            for (Path file : all.toList()) {
                files.put(file.toString(), Files.isDirectory(file) ? -1 : Files.size(file));
            }
            return files;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
