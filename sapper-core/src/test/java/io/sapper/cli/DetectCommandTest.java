package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sapper.data.detection.Box;
import io.sapper.data.image.PictureFiles;
import io.sapper.network.Graph;
import io.sapper.network.Initializer;
import io.sapper.network.OnnxWriter;
import io.sapper.network.detection.SampleDetectors;
import io.sapper.result.FoundSigns;
import io.sapper.result.Results;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sapper detect} with an untrained detector, which finds something everywhere if it need not be sure. */
class DetectCommandTest {
    @TempDir
    Path folder;

    private TinySigns place;

    @BeforeEach
    void place() throws IOException {
        place = TinySigns.in(folder);
    }

    private Path picture(String name, int width, int height) throws IOException {
        String format = name.endsWith(".jpg") ? "jpeg" : name.substring(name.lastIndexOf('.') + 1);
        return PictureFiles.write(PictureFiles.plain(width, height, 0x4060a0), format, folder.resolve(name));
    }

    private FoundSigns found() throws IOException {
        return Results.read(place.out().resolve("detections.json"), FoundSigns.class);
    }

    @Test
    void boxesAreDrawnAndWritten() throws IOException {
        Path street = picture("a street.jpg", 300, 200);
        Path small = picture("b.png", 50, 70);

        Ran ran = place.sapper("detect M --out O --min-score 0", street, small);

        assertThat(ran.complaints()).isEmpty();
        assertThat(ran.code()).isEqualTo(ExitCode.DONE);
        assertThat(ran.out()).contains(street + ": ", "Drawn: " + place.out());
        FoundSigns found = found();
        assertThat(found.classes()).containsExactly("stop", "limit");
        assertThat(found.pictures()).extracting(FoundSigns.Picture::drawn).containsExactly("a street.jpg", "b.png");
        FoundSigns.Picture first = found.pictures().get(0);
        assertThat(first.width()).isEqualTo(300);
        assertThat(first.height()).isEqualTo(200);
        assertThat(first.signs()).hasSizeGreaterThan(3).allSatisfy(sign -> {
            assertThat(sign.className()).isIn("stop", "limit");
            assertThat(sign.score()).isBetween(0.0, 1.0);
            assertThat(sign.box().right()).isBetween(sign.box().left(), 300.0);
            assertThat(sign.box().bottom()).isBetween(sign.box().top(), 200.0);
        });
        assertThat(first.signs())
                .as("in pixels of the photograph, not of the canvas of 64 x 96")
                .anySatisfy(sign -> assertThat(sign.box().right()).isGreaterThan(150));
        BufferedImage drawn = ImageIO.read(place.out().resolve("b.png").toFile());
        assertThat(drawn.getWidth()).isEqualTo(50);
        assertThat(drawn.getHeight()).isEqualTo(70);
        assertThat(Files.readAllBytes(place.out().resolve("a street.jpg"))).startsWith(0xff, 0xd8);
        assertThat(place.sapper("detect M --out O --min-score 0", street, small).code())
                .as("once more into the same folder")
                .isEqualTo(ExitCode.DONE);
    }

    /** A detector that was trained says the same as its file in evaluate: its boxes lie on the squares. */
    @Test
    void theSignIsFoundWhereItIs() throws IOException {
        assertThat(place.sapper("train --data S --network M --learning-rate 3e-3 --epochs 100 --out O")
                        .complaints())
                .isEmpty();
        BufferedImage large = new BufferedImage(288, 192, BufferedImage.TYPE_INT_RGB);
        large.createGraphics().drawImage(TinySigns.photograph(Color.BLUE, 40, 30), 0, 0, 288, 192, null);
        Path file = PictureFiles.write(large, "png", folder.resolve("large.png"));

        Ran ran = place.sapper(
                "detect " + place.out().resolve("model.onnx") + " --out " + folder.resolve("found") + " --json", file);

        assertThat(ran.complaints()).isEmpty();
        Path json = Files.writeString(folder.resolve("stdout.json"), ran.out());
        FoundSigns found = Results.read(json, FoundSigns.class);
        assertThat(found).isEqualTo(Results.read(folder.resolve("found/detections.json"), FoundSigns.class));
        FoundSigns.Sign surest = found.pictures().get(0).signs().get(0);
        assertThat(surest.className()).isEqualTo("limit");
        assertThat(surest.box().intersectionOverUnion(new Box(120, 90, 180, 150)))
                .isGreaterThan(0.5);
    }

    @Test
    void picturesOfOneNameDoNotOverwriteEachOther() throws IOException {
        Path one = picture("one/a.png", 40, 40);
        Path other = picture("other/A.png", 60, 40);
        Path third = picture("a-2.png", 50, 40);

        Ran ran = place.sapper("detect M --out O", one, other, third, one);

        assertThat(ran.complaints()).isEmpty();
        assertThat(found().pictures())
                .extracting(FoundSigns.Picture::drawn)
                .containsExactly("a.png", "A-2.png", "a-2-2.png");
        assertThat(ImageIO.read(place.out().resolve("A-2.png").toFile()).getWidth())
                .isEqualTo(60);
    }

    @Test
    void aFolderIsAllItsPictures() throws IOException {
        picture("photos/b.png", 40, 40);
        picture("photos/a.jpg", 40, 40);
        Files.writeString(folder.resolve("photos/notes.txt"), "no picture");

        Ran ran = place.sapper("detect M --out O", folder.resolve("photos"));

        assertThat(ran.complaints()).isEmpty();
        assertThat(found().pictures()).extracting(FoundSigns.Picture::drawn).containsExactly("a.jpg", "b.png");
    }

    /** Opaque copies of transparent, grey and turned pictures. */
    @Test
    void whatAnEarlierRunLeftIsTold() throws IOException {
        Path first = picture("a.png", 40, 40);
        Path second = picture("b.png", 40, 40);
        assertThat(place.sapper("detect M --out O --min-score 0", first, second).out())
                .doesNotContain("earlier run");

        Ran ran = place.sapper("detect M --out O --min-score 0", second);

        assertThat(ran.out()).endsWith("There too, of an earlier run and not in detections.json: a.png\n");
        assertThat(place.out().resolve("a.png")).exists();
        assertThat(found().pictures()).extracting(FoundSigns.Picture::drawn).containsExactly("b.png");
    }

    @Test
    void picturesOfManyKinds() throws IOException {
        BufferedImage clear = new BufferedImage(40, 40, BufferedImage.TYPE_INT_ARGB);
        Path transparent = PictureFiles.write(clear, "png", folder.resolve("clear.png"));
        Path grey = PictureFiles.write(
                new BufferedImage(40, 40, BufferedImage.TYPE_BYTE_GRAY), "jpeg", folder.resolve("grey.jpg"));
        Path gif = picture("palette.gif", 40, 40);
        Path inks = PictureFiles.adobe(folder.resolve("inks.jpg"), 0, 255, 0, 0, 255);

        Ran ran = place.sapper("detect M --out O --min-score 1", transparent, grey, gif, inks);

        assertThat(ran.complaints()).isEmpty();
        assertThat(ran.out()).contains("clear.png: nothing");
        assertThat(ImageIO.read(place.out().resolve("clear.png").toFile()).getRGB(20, 20))
                .isEqualTo(0xffffffff);
        assertThat(place.out().resolve("palette.png")).exists();
        assertThat(new Color(ImageIO.read(place.out().resolve("inks.jpg").toFile())
                                .getRGB(3, 3))
                        .getRed())
                .isGreaterThan(200);
    }

    @Test
    void namesOfClassesMayBeGiven() throws IOException {
        Path nameless = folder.resolve("nameless.onnx");
        OnnxWriter.write(SampleDetectors.small(1), nameless);
        Path names = Files.writeString(folder.resolve("names.txt"), "halt\nslow\n");
        Path street = picture("a.png", 96, 64);

        assertThat(place.sapper("detect " + nameless + " --out O --min-score 0", street)
                        .complaints())
                .isEmpty();
        assertThat(found().classes()).containsExactly("0", "1");
        assertThat(place.sapper("detect " + nameless + " --out O --min-score 0 --classes " + names, street)
                        .complaints())
                .isEmpty();
        assertThat(found().classes()).containsExactly("halt", "slow");
    }

    @Test
    void whatIsWrongIsOneLine() throws IOException {
        Path good = picture("good.png", 40, 40);
        Path one = Files.writeString(folder.resolve("one.txt"), "stop\n");
        Path deep = picture("deep/below/a.png", 40, 40).getParent().getParent();

        refused(3, "is no detector as Sapper makes them: it gives scores of classes", "detect B --out O", good);
        refused(2, "There is no such picture file", "detect M --out O", folder.resolve("gone.png"));
        refused(2, "There is no picture in this folder itself", "detect M --out O", deep);
        refused(64, "(--min-score) must be a fraction in [0, 1], not 1.5", "detect M --out O --min-score 1.5", good);
        refused(64, "names 1 classes, but the detector", "detect M --out O --classes " + one, good);
        refused(64, "PICTURE", "detect M --out O");
        refused(2, "there is no such file", "detect gone.onnx --out O", good);
        refused(64, "is a folder of the pictures", "detect M --out " + folder, folder);
        refused(64, "would write over what it reads", "detect M --out " + folder, good);
    }

    private void refused(int code, String problem, String command, Object... pictures) throws IOException {
        Ran ran = place.sapper(command, pictures);
        assertThat(ran.complaints()).as(command).singleElement().asString().contains(problem);
        assertThat(ran.code()).as(command).isEqualTo(code);
        assertThat(place.out()).doesNotExist();
    }

    @Test
    void oneThatIsNoPictureStopsNoOther() throws IOException {
        Path good = picture("good.png", 40, 40);
        Path text = Files.writeString(folder.resolve("text.png"), "no picture");
        Path empty = Files.createFile(folder.resolve("empty.jpg"));
        Path cut = PictureFiles.write(PictureFiles.plain(60, 60, 0x102030), "jpg", folder.resolve("cut.jpg"));
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), 30));
        Path huge = PictureFiles.promising(20_000, 20_000, folder.resolve("huge.png"));

        Ran ran = place.sapper("detect M --out O", text, empty, cut, huge, good);

        assertThat(ran.code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(ran.complaints())
                .singleElement()
                .asString()
                .contains("text.png: This is no picture in a known format")
                .endsWith(" It was left out, as were 3 more (unread in detections.json); all others are done.");
        assertThat(found().pictures()).extracting(FoundSigns.Picture::drawn).containsExactly("good.png");
        assertThat(found().unread())
                .extracting(FoundSigns.Unread::file)
                .containsExactly(text.toString(), empty.toString(), cut.toString(), huge.toString());
        assertThat(found().unread().get(1).problem()).contains("The file is empty");
        assertThat(found().unread().get(3).problem()).contains("says it has 400000000 pixels; at most 100000000");
    }

    @Test
    void whatMayNotBeReadIsTold() throws IOException {
        Path secret = picture("secret.png", 40, 40);
        assumeTrue(secret.toFile().setReadable(false) && !Files.isReadable(secret), "This user may read everything.");
        assertThat(place.sapper("detect M --out O", secret).complaints())
                .singleElement()
                .asString()
                .contains("secret.png: The file may not be read")
                .doesNotContain("left out");
    }

    /** Their heads are whole, so that it is only found out when they are decoded. */
    @Test
    void picturesThatBreakOffAreLeftOutAndNamed() throws IOException {
        Path good = picture("good.png", 40, 40);
        Path one = broken("broken.png");
        Path two = broken("broken too.png");
        Path late = picture("late.png", 40, 40);

        Ran ran = place.sapper("detect M --out O", good, one, late);

        assertThat(ran.code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(ran.complaints())
                .singleElement()
                .asString()
                .contains("broken.png: The picture cannot be read")
                .endsWith(" It was left out; all others are done.");
        assertThat(found().pictures()).extracting(FoundSigns.Picture::drawn).containsExactly("good.png", "late.png");
        assertThat(found().unread()).extracting(FoundSigns.Unread::file).containsExactly(one.toString());
        assertThat(place.out().resolve("broken.png")).doesNotExist();
        assertThat(ran.out()).contains("late.png: ");

        Ran more = place.sapper("detect M --out O", one, two);
        assertThat(more.complaints())
                .singleElement()
                .asString()
                .contains("broken.png: The picture cannot be read")
                .endsWith(" None of the 2 pictures could be read.");
        assertThat(found().pictures()).isEmpty();
        assertThat(found().unread()).hasSize(2);
    }

    private Path broken(String name) throws IOException {
        Path broken = PictureFiles.write(PictureFiles.plain(60, 60, 0x102030), "png", folder.resolve(name));
        return Files.write(broken, Arrays.copyOf(Files.readAllBytes(broken), 60));
    }

    /** As earlier versions wrote them. */
    @Test
    void detectionsWithoutUnreadPicturesAreRead() throws IOException {
        Path file = Files.writeString(folder.resolve("old.json"), """
                {"command": "detect", "model": "m.onnx", "sha256": "", "classes": ["stop"], "canvas": "1x1",
                 "minScore": 0.5, "pictures": []}
                """);
        assertThat(Results.read(file, FoundSigns.class).unread()).isEmpty();
    }

    /** As many at the same time as there are threads: the same boxes in the same order all the same. */
    @Test
    void howManyThreadsThereAreChangesNothing() throws IOException {
        List<Object> pictures = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            pictures.add(PictureFiles.write(
                    PictureFiles.plain(40 + 3 * i, 60 - 2 * i, 0x402010 * (i + 1)), "png", folder.resolve(i + ".png")));
        }
        Ran one = place.sapper("detect M --out O --min-score 0 --threads 1 --json", pictures.toArray());
        Ran three = place.sapper("detect M --out O --min-score 0 --threads 3 --json", pictures.toArray());

        assertThat(one.code()).as(one.err()).isEqualTo(ExitCode.DONE);
        assertThat(three.out()).isEqualTo(one.out()).contains("\"score\"");
    }

    @Test
    void weightsThatAreNotFiniteAreTold() throws IOException {
        Graph graph = SampleDetectors.small(1);
        String name = graph.weights("fc7");
        float[] values = graph.initializer(name).toArray();
        values[3] = Float.NaN;
        Path broken = folder.resolve("broken.onnx");
        OnnxWriter.write(
                graph.withInitializers(
                        Map.of(name, new Initializer(graph.initializer(name).shape(), values))),
                broken,
                List.of("a", "b"));

        Ran ran = place.sapper("detect " + broken + " --out O", picture("a.png", 40, 40));

        assertThat(ran.code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(ran.complaints()).singleElement().asString().contains("weights that are not finite finds nothing");
    }
}
