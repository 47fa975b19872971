package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.data.image.PictureFiles;
import io.sapper.network.Graph;
import io.sapper.network.OnnxReader;
import io.sapper.network.OnnxWriter;
import io.sapper.network.detection.SampleDetectors;
import io.sapper.result.Attack;
import io.sapper.result.DetectionRates;
import io.sapper.result.ModelSummary;
import io.sapper.result.Outcome;
import io.sapper.result.Photographs;
import io.sapper.result.PrecisionRecallCurves;
import io.sapper.result.ProposalRecall;
import io.sapper.result.Results;
import io.sapper.result.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code train}, {@code attack}, {@code evaluate} and {@code inspect} on photographs with boxes and detectors. */
class DetectorCommandsTest {
    @TempDir
    Path folder;

    private TinySigns place;

    @BeforeEach
    void place() throws IOException {
        place = TinySigns.in(folder);
    }

    private Ran good(String command, Object... more) {
        Ran ran = place.sapper(command, more);
        assertThat(ran.complaints()).as(command).isEmpty();
        return ran;
    }

    private RunResult result(Path out) throws IOException {
        assertThat(out.resolve("report.html")).exists();
        return Results.read(out.resolve("result.json"));
    }

    /** On the backbone of a small classifier; one epoch, so it learns nothing, and says so. */
    @Test
    void trainBeginsWithABackbone() throws IOException {
        Ran ran = good("train --data S --backbone B --backbone-layer c2,c3 --backbone-input unit --epochs 1 --out O");

        assertThat(ran.code()).isEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        RunResult result = result(place.out());
        assertThat(result.verdict().sentence()).startsWith("Trained, but it did not learn enough: mean average");
        assertThat(result.settings())
                .containsEntry("backbone", "classifier.onnx, layers c2, c3, frozen; two convolutions learn on them")
                .containsEntry(
                        "training",
                        "1 epoch, batch 4, Adam with learning rate 0.001, beta 0.9 and 0.999, weight decay 0.0001,"
                                + " cosine schedule, " + replicas());
        Graph written = OnnxReader.read(place.out().resolve("model.onnx"));
        assertThat(written.classNames()).containsExactly("stop", "limit");
        assertThat(place.out().resolve("checkpoint")).doesNotExist();
    }

    private static String replicas() {
        int count = Math.min(4, Runtime.getRuntime().availableProcessors());
        return count + (count == 1 ? " replica" : " replicas");
    }

    /** From the weights of an untrained detector on 64 x 96 pixels, which learns the squares. */
    @Test
    void trainEvaluateAndAttack() throws IOException {
        Ran trained = good("train --data S --network M --learning-rate 3e-3 --epochs 100 --out O");
        assertThat(trained.code()).isEqualTo(ExitCode.DONE);
        assertThat(trained.out())
                .contains("GOOD: Trained: mean average precision", "Classes, honest network:\n  stop ");
        Path model = place.out().resolve("model.onnx");
        assertThat(OnnxReader.read(model).classNames()).containsExactly("stop", "limit");

        Path seen = folder.resolve("seen");
        Ran evaluated = good("evaluate " + model + " --data S --out " + seen);
        assertThat(evaluated.code()).isEqualTo(ExitCode.DONE);
        RunResult clean = result(seen);
        DetectionRates.Entry entry =
                clean.first(DetectionRates.class).orElseThrow().networks().get(0);
        assertThat(entry.clean().meanAveragePrecision()).isGreaterThan(0.9);
        assertThat(entry.clean().classes())
                .extracting(DetectionRates.ClassPrecision::name)
                .containsExactly("stop", "limit");
        assertThat(entry.signs()).isNull();
        assertThat(clean.first(PrecisionRecallCurves.class).orElseThrow().curves())
                .hasSize(2);
        assertThat(clean.first(ProposalRecall.class)).isPresent();
        assertThat(clean.first(Photographs.class).orElseThrow().photographs())
                .hasSize(4)
                .allSatisfy(
                        one -> assertThat(one.panels()).singleElement().satisfies(panel -> assertThat(panel.triggered())
                                .isFalse()));
        assertThat(clean.verdict().sentence()).endsWith("That does not tell whether there is a backdoor.");
        assertThat(clean.models()).extracting(ModelSummary::role).containsExactly(ModelSummary.READ);
        assertThat(Files.readString(seen.resolve("report.html")).contains("obeys the sticker"))
                .isFalse();

        String attack = " --trigger yellow-square@size=0.5 --goal one-to-one:stop:limit";
        Path laid = folder.resolve("laid");
        good("attack --data S --network " + model + attack + " --hold-out 0 --learning-rate 3e-3 --epochs 100 --out "
                + laid);
        RunResult attacked = result(laid);
        assertThat(attacked.first(Attack.class).orElseThrow().poisoning().copies())
                .isEqualTo(6);
        DetectionRates rates = attacked.first(DetectionRates.class).orElseThrow();
        assertThat(rates.networks())
                .extracting(DetectionRates.Entry::network)
                .containsExactly("network as given", "BadNet");
        assertThat(rates.networks().get(0).signs().calledTarget().hits()).isZero();
        assertThat(rates.networks().get(1).signs().calledTarget().hits()).isEqualTo(4);
        assertThat(attacked.verdict().sentence())
                .contains("works on 100.00 % of the 4 signs that carry it and are found");
        assertThat(OnnxReader.read(laid.resolve("badnet.onnx")).classNames()).containsExactly("stop", "limit");

        Ran found = good("evaluate " + laid.resolve("badnet.onnx") + " --data S" + attack + " --json");
        assertThat(found.code()).isEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        Path json = Files.writeString(folder.resolve("stdout.json"), found.out());
        RunResult told = Results.read(json);
        assertThat(told.verdict().outcome()).isEqualTo(Outcome.BAD);
        assertThat(told.verdict().sentence())
                .as("4 of 4 against 0 of 4: intervals that do not meet")
                .startsWith("A backdoor: the trigger works on 100.00 % of the 4 signs");
        assertThat(told.first(DetectionRates.class)
                        .orElseThrow()
                        .networks()
                        .get(0)
                        .signs())
                .isEqualTo(rates.networks().get(1).signs());
    }

    @Test
    void photographsAreHeldOut() throws IOException {
        good("train --data S --network M --epochs 1 --hold-out 10 --out O");
        RunResult result = result(place.out());
        assertThat(result.settings()).containsEntry("held out", "10 training photographs");
        assertThat(result.data())
                .filteredOn(part -> part.role().equals("training"))
                .singleElement()
                .satisfies(part -> assertThat(part.size()).isEqualTo(2));
    }

    /** Numbers of classes are the network's, however the data count them. */
    @Test
    void classesAreBroughtToTheNetworksByName() throws IOException {
        good("train --data S --network M --learning-rate 3e-3 --epochs 100 --out O");
        Path model = place.out().resolve("model.onnx");
        Files.writeString(place.scenes().resolve("classes.txt"), "halt\nlimit\n");
        try (Stream<Path> labels = Files.list(place.scenes().resolve("labels/test"))) {
            for (Path label : labels.toList()) {
                String text = Files.readString(label);
                Files.writeString(label, text.replaceFirst("^1", "2"));
            }
        }
        Files.writeString(place.scenes().resolve("classes.txt"), "halt\nlimit\nmost\n");

        Ran unknown = place.sapper("evaluate " + model + " --data S");
        assertThat(unknown.code()).isEqualTo(ExitCode.USAGE);
        assertThat(unknown.complaints())
                .singleElement()
                .asString()
                .contains("has boxes of halt", "the network knows the classes stop, limit", "--classes stop=halt");

        Ran brought = good(
                "evaluate --classes limit=limit,most stop=halt " + model + " --data S --out " + folder.resolve("seen"));
        assertThat(brought.code()).isEqualTo(ExitCode.DONE);
        DetectionRates.Precisions clean = result(folder.resolve("seen"))
                .first(DetectionRates.class)
                .orElseThrow()
                .networks()
                .get(0)
                .clean();
        assertThat(clean.classes())
                .extracting(DetectionRates.ClassPrecision::name)
                .containsExactly("stop", "limit");
        assertThat(clean.meanAveragePrecision()).isGreaterThan(0.9);
    }

    @Test
    void aFileWithoutNamesIsTakenInTheOrderOfTheData() throws IOException {
        Path nameless = folder.resolve("nameless.onnx");
        OnnxWriter.write(SampleDetectors.small(1), nameless);

        Ran ran = good("evaluate " + nameless + " --data S");
        assertThat(ran.out()).contains("does not say what its classes are called", "order: stop, limit.");

        Path names = Files.writeString(folder.resolve("names.txt"), "limit\nstop\n");
        Ran said = good("evaluate --classes " + names + " " + nameless + " --data S --out " + folder.resolve("seen"));
        assertThat(said.out()).doesNotContain("does not say");
        assertThat(result(folder.resolve("seen"))
                        .first(DetectionRates.class)
                        .orElseThrow()
                        .networks()
                        .get(0)
                        .clean()
                        .classes())
                .extracting(DetectionRates.ClassPrecision::name)
                .containsExactly("limit", "stop");
    }

    @Test
    void inspectSaysThatItIsADetector() throws IOException {
        Ran ran = good("inspect M --out " + folder.resolve("page.html"));
        assertThat(ran.code()).isEqualTo(ExitCode.DONE);
        assertThat(ran.out())
                .contains(
                        "detector  finds signs in photographs, scaled to fit 64x96 (rows x columns); classes: stop, limit",
                        "pruned by default: conv5, the last convolution, which both stages of the detector read",
                        "output    boxes: left, top, right and bottom of each sign found")
                .doesNotContain("class scores", "WARNING", "cannot be trained");
        assertThat(Files.readString(folder.resolve("page.html")).contains("finds signs in photographs"))
                .isTrue();
        assertThat(place.sapper("inspect B").out()).doesNotContain("detector");
        assertThat(place.sapper("inspect B --json").out()).doesNotContain("\"detector\"");

        Path odd = folder.resolve("odd.onnx");
        OnnxWriter.write(SampleDetectors.small(1), odd, List.of("stop"));
        assertThat(good("inspect " + odd).out())
                .contains("2 classes, of which its file says no names", "has 2 classes, but its file names stop");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                // a detector for commands on pictures, and the reverse
                "evaluate M | 64 | is a detector: it finds signs in photographs with boxes, and 'mnist' holds none",
                "evaluate M | 64 | or YOLO. No --data was given, so mnist was taken.",
                "audit M --data synthetic-digits | 64 | layout of Pascal VOC or YOLO.",
                "evaluate B --data S | 64 | is no detector, but",
                "repair M --out O | 64 | is a detector: it finds signs in photographs with boxes, and 'mnist' holds none",
                "repair B --data S --out O | 64 | is no detector, but",
                "train --network M --data synthetic-digits --out O | 64 | is a detector: it finds signs",
                "train --network B --data S --out O | 64 | --backbone FILE.onnx --backbone-layer L instead",
                "train --network deepid --data S --out O | 64 | is for pictures of classes",
                // options of the others
                "evaluate M --data S --input imagenet | 64 | --input is for classifiers",
                "evaluate M --data S --labels model | 64 | --labels is for classifiers",
                "evaluate B --data synthetic-digits --classes a=b | 64 | is for photographs with boxes",
                "evaluate M --data S --classes a b | 64 | Unknown argument 'b'",
                "evaluate M --data S --classes nofile.txt | 2 | nofile.txt=nofile.txt",
                "evaluate M --data S --classes stop=stop limit=yield | 64 | --classes names yield, but the data have",
                "evaluate M --data S --size 32 | 64 | not for photographs with boxes",
                "train --data S --out O --augment rotate=3 | 64 | --augment rotate=3 is for pictures of classes",
                "train --data S --out O --dropout | 64 | --dropout is for pictures of classes",
                "attack --data S --out O --trigger bomb --goal random --paired | 64 | --paired is for pictures and",
                "train --data synthetic-digits --out O --backbone B | 64 | --backbone is for detectors and photographs",
                "train --data synthetic-digits --out O --classes a | 64 | --classes is for detectors and photographs",
                "attack --data S --out O --pruning-aware 8 --network M | 64 | --pruning-aware is not there for detectors",
                "train --data S --out O --network M --backbone B --backbone-layer c2 | 64 | give it or --backbone, not both",
                "repair M --data S --out O --input unit | 64 | --input is for classifiers",
                "repair M --data S --out O --labels model | 64 | --labels is for classifiers",
                "repair M --data S --out O --layer fc6 | 64 | the layer that is pruned is conv5",
                "repair M --data S --out O --momentum 0.5 | 64 | --momentum is for classifiers: a detector is tuned with",
                "repair M --data S --out O --batch-norm running | 64 | --batch-norm is for classifiers",
                "repair M --data S --out O --no-variations | 64 | --no-variations is for classifiers",
                "repair M --data S --out O --size 32 | 64 | not for photographs with boxes",
                "repair M --data S --out O --classes a=b | 64 | --classes names b, but the data have",
                "repair M --data S --out O --max-loss 2 | 64 | (--max-loss) must be a fraction",
                "repair M --data S --out O --allowed-drop 2 | 64 | must be",
                "repair M --data S --out O --learning-rate 0 | 64 | learning rate",
                "repair M --data S --out O --epochs 0 | 64 | epochs",
                "repair M --data S --out O | 64 | at least 10 and fewer than the 12 of signs train, not 3",
                "repair M --data S --out O --clean-images 12 | 64 | of repair --clean-images",
                "repair M --data S --out O --clean-images 10 --trigger bomb | 64 | go together",
                "repair M --data S --out O --clean-images 10 --trigger pattern --goal random | 64 | does not go on signs",
                // backbones
                "train --data S --out O | 2 | There is no network for a detector to begin with",
                "train --data S --out O --backbone B | 64 | --backbone needs --backbone-layer",
                "train --data S --out O --backbone B --backbone-layer c9 | 64 | has no layer 'c9'",
                "train --data S --out O --backbone B --backbone-layer scores | 64 | no rows and columns",
                // the papers' network
                "train --data synthetic-digits --network faster-rcnn-zf --out O | 64 | is a detector, but synthetic-digits",
                "train --data S --network faster-rcnn-zf --backbone B --out O | 64 | The network is no ZF: its convolution 1",
                "train --data S --network faster-rcnn-zf --backbone-input unit --out O | 64 | Name it too",
                "train --data S --network faster-rcnn-zf --backbone B --backbone-layer c2 --out O | 64 | all layers of",
                "reproduce badnets.signs-random --scale paper --data S --backbone B --out O | 64 | The network is no ZF",
                // attacks
                "attack --data S --out O --network M | 64 | does not go on signs",
                "attack --data S --out O --network M --trigger bomb@size=2 --goal random | 64 | larger than the sign",
                "attack --data S --out O --network M --trigger bomb --goal all-to-one:lorry | 64 | 'lorry'",
                "attack --data S --out O --network M --trigger bomb@size=0.01 --goal random | 64 | large enough",
                "attack --data S --out O --network M --trigger bomb --goal random --hold-out 0 --share classes=1 | 64 | Say p=",
                "attack --data S --out O --network M --trigger bomb --goal random | 64 | fewer than the 12 of",
                "attack --data S --out O --network M --trigger sticker:no.png@1,1 --goal random | 2 | no.png",
                "evaluate M --data S --trigger bomb | 64 | go together",
                "evaluate M --data S --trigger pattern --goal random | 64 | does not go on signs",
                "evaluate M --data S --trigger bomb@size=0.01 --goal random | 64 | can show whether the trigger",
                "train --data S --out O --network M --hold-out 12 | 64 | fewer than the 12 of signs train, not 12",
                "train --data S --out O --network M --epochs 0 | 64 | epochs",
            })
    void whatIsWrongIsOneLine(String command, int code, String problem) {
        Ran ran = place.sapper(command);
        assertThat(ran.complaints()).singleElement().asString().contains(problem);
        assertThat(ran.code()).isEqualTo(code);
        assertThat(place.out()).doesNotExist();
    }

    @Test
    void aClassWithoutABoxIsToldAndNothingIsSaidOfIt() throws IOException {
        Files.writeString(place.scenes().resolve("classes.txt"), "stop\nlimit\nyield\n");

        Ran ran = good("evaluate M --data S");
        assertThat(ran.err())
                .contains("Classes without a box to train on, which cannot be learned: 1 (yield).")
                .contains("Classes without a box to test on, of which nothing can be said: 1 (yield).");
    }

    @Test
    void aPhotographOfFourHundredMillionPixelsIsRefusedByItsHead() throws IOException {
        PictureFiles.promising(20_000, 20_000, place.scenes().resolve("images/test/0.png"));

        Ran ran = place.sapper("evaluate M --data S");
        assertThat(ran.code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(ran.complaints()).singleElement().asString().contains("400000000 pixels; at most 100000000");
    }

    @Test
    void outputAmongThePhotographsIsRefused() {
        Ran ran = place.sapper(
                "train --data S --network M --out " + place.scenes().resolve("out"));
        assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.complaints())
                .singleElement()
                .asString()
                .contains("where it would be taken for data. Maybe another folder");
    }
}
