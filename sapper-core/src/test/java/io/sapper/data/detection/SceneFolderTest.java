package io.sapper.data.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.MalformedFileException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Photographs with boxes, in the layouts in which people have them. */
class SceneFolderTest {
    @TempDir
    Path folder;

    @Test
    void pascalVoc() throws IOException {
        picture("images/a.png", 40, 60);
        picture("images/b.png", 40, 60);
        voc("annotations/a.xml", "a.png", object("stop", 1, 1, 10, 20) + object("light", 5, 5, 15, 25));
        voc("annotations/b.xml", "b.png", "");
        lists("a", "b.png");
        SceneSplit read = read();
        assertThat(read.train().classNames()).containsExactly("light", "stop");
        assertThat(read.train().scenes())
                .containsExactly(new Scene(
                        folder.resolve("images/a.png"),
                        "images/a.png",
                        40,
                        60,
                        "images/a.png",
                        List.of(new LabelledBox(new Box(0, 0, 10, 20), 1), new LabelledBox(new Box(4, 4, 15, 25), 0))));
        assertThat(read.test().scenes()).singleElement().satisfies(scene -> assertThat(scene.boxes())
                .isEmpty());
        assertThat(read.settings())
                .containsEntry("without boxes", "0 photographs to train on, 1 to test on")
                .containsEntry("division", "by train.txt and test.txt");
        assertThat(read.warnings())
                .containsExactly("Classes without a box to test on, of which nothing can be said: 2 (light, stop).");
    }

    /** As in VOC2007: XML that names another file is believed, ImageSets/Main divides. */
    @Test
    void vocAsPublished() throws IOException {
        picture("JPEGImages/000001.png", 40, 60);
        picture("JPEGImages/000002.png", 40, 60);
        voc("Annotations/x.xml", "000001.png", object("dog", 1, 1, 10, 20));
        voc("Annotations/000002.xml", "elsewhere/gone.png", object("dog", 1, 1, 10, 20));
        write("ImageSets/Main/trainval.txt", "000001");
        write("ImageSets/Main/test.txt", "000002");
        SceneSplit read = read();
        assertThat(names(read.train())).containsExactly("JPEGImages/000001.png");
        assertThat(names(read.test())).containsExactly("JPEGImages/000002.png");
    }

    @Test
    void yoloBesideThePhotographs() throws IOException {
        yolo();
        SceneSplit read = read();
        assertThat(read.train().classNames()).containsExactly("stop", "yield", "unused");
        assertThat(read.train().scenes()).singleElement().satisfies(scene -> assertThat(scene.boxes())
                .containsExactly(new LabelledBox(new Box(15, 15, 45, 25), 1)));
        assertThat(read.train().medianSide(1)).hasValue(Math.sqrt(300));
        assertThat(read.train().medianSide(0)).isEmpty();
    }

    private void yolo() throws IOException {
        picture("data/a.png", 40, 60);
        picture("data/b.png", 40, 60);
        write("classes.txt", "stop\nyield\nunused\n");
        write("data/a.txt", "1 0.5 0.5 0.5 0.25\n\n");
        write("data/b.txt", "0 0.5 0.5 0.5 0.25\n");
        lists("data/a.png", "data/b.png");
    }

    /** As Ultralytics lays it out: parts are folders, and a photograph without a file shows nothing. */
    @Test
    void yoloInFoldersOfTheirOwn() throws IOException {
        picture("images/train/a.png", 40, 60);
        picture("images/val/b.png", 40, 60);
        picture("images/val/c.png", 40, 60);
        write("classes.txt", "stop\nyield\n");
        write("labels/train/a.txt", "0 0.5 0.5 0.5 0.25");
        write("labels/val/b.txt", "1 0.5 0.5 0.5 0.25");
        write("labels/val/gone.txt", "1 0.5 0.5 0.5 0.25");
        SceneSplit read = read();
        assertThat(names(read.train())).containsExactly("images/train/a.png");
        assertThat(names(read.test())).containsExactly("images/val/b.png", "images/val/c.png");
        assertThat(read.warnings()).contains("Annotations without a photograph, left out: 1 (gone.txt).");
    }

    /** Frames of one track, and of tracks that meet in a frame, stay on one side. */
    @Test
    void lisaKeepsTracksTogether() throws IOException {
        StringBuilder csv = new StringBuilder("Filename;Annotation tag;Upper left corner X;Upper left corner Y;Lower"
                + " right corner X;Lower right corner Y;Occluded,On another road;Origin file;Origin frame number;Origin"
                + " track;Origin track frame number\n");
        for (int track = 0; track < 20; track++) {
            for (int frame = 0; frame < 3; frame++) {
                String name = "v/" + track + "-" + frame + ".png";
                picture(name, 40, 60);
                csv.append(name)
                        .append(";stop;5;5;15;15;0,0;v.avi;1;track")
                        .append(track)
                        .append(";")
                        .append(frame);
                csv.append('\n');
                if (frame == 0 && track % 2 == 0) { // the next track is seen here too
                    csv.append(name)
                            .append(";yield;25;5;35;15;0,0;v.avi;1;track")
                            .append(track + 1)
                            .append(";0\n");
                }
            }
        }
        csv.append("v/gone.png;stop;5;5;15;15;0,0;v.avi;1;track99;0\n");
        write("allAnnotations.csv", csv.toString());
        SceneSplit read = read();
        assertThat(read.train().size() + read.test().size()).isEqualTo(60);
        assertThat(read.test().size()).isBetween(6, 18);
        Set<String> groups = read.train().scenes().stream().map(Scene::group).collect(Collectors.toSet());
        assertThat(groups)
                .hasSizeLessThanOrEqualTo(10)
                .doesNotContainAnyElementsOf(
                        read.test().scenes().stream().map(Scene::group).toList());
        assertThat(read.train().boxCounts()[1]).isPositive();
        assertThat(read.test().boxCounts()[1]).isPositive();
        assertThat(read.settings().get("division")).contains("10 groups that stay together, seed 1");
        assertThat(read.warnings()).containsExactly("Annotations without a photograph, left out: 1 (v/gone.png).");
        assertThat(names(read(ClassTable.AS_THEY_ARE, OptionalDouble.empty(), 2).test()))
                .isNotEqualTo(names(read.test()));
    }

    /** Whichever of a frame's tracks comes first by name. */
    @Test
    void tracksMeetInAnyOrder() throws IOException {
        StringBuilder csv = new StringBuilder("Filename;Annotation tag;Upper left corner X;Upper left corner Y;Lower"
                + " right corner X;Lower right corner Y;Origin track\n");
        picture("both.png", 40, 60);
        picture("b.png", 40, 60);
        picture("a.png", 40, 60);
        picture("other.png", 40, 60);
        csv.append("both.png;stop;5;5;15;15;b\nboth.png;stop;25;5;35;15;a\n");
        csv.append("b.png;stop;5;5;15;15;b\na.png;stop;5;5;15;15;a\nother.png;stop;5;5;15;15;c\n");
        write("allAnnotations.csv", csv.toString());
        assertThat(read().settings().get("division")).contains("4 photographs in 2 groups");
    }

    /** Class folders of pictures may have XML beside them, and stay class folders. */
    @Test
    void xmlInClassFoldersIsPassedOver() throws IOException {
        picture("cat/a.png", 40, 60);
        voc("cat/a.xml", "a.png", object("cat", 1, 1, 10, 20));
        assertThat(SceneFolder.is(folder)).isFalse();
        voc("train/annotations/a.xml", "a.png", object("cat", 1, 1, 10, 20));
        assertThat(SceneFolder.is(folder)).isTrue();
    }

    /** LISA's file may lie beside crops of the signs, whose names are those of the frames. */
    @Test
    void cropsAreNoFrames() throws IOException {
        picture("stop/0.png", 10, 10);
        write("allAnnotations.csv", "Filename;Annotation tag\nv/0.png;stop\n");
        assertThat(SceneFolder.is(folder)).isFalse();
    }

    @Test
    void swedish() throws IOException {
        picture("Set1/a.png", 100, 200);
        picture("Set1/b.png", 100, 200);
        write(
                "annotations.txt",
                "a.png:VISIBLE, 40.5, 32.5, 17.5, 18.5, MANDATORY, PASS_RIGHT_SIDE;MISC_SIGNS;\nb.png:\n");
        lists("a.png", "b.png");
        SceneSplit read = read();
        assertThat(read.train().classNames()).containsExactly("MANDATORY");
        assertThat(read.train().scenes().get(0).boxes())
                .containsExactly(new LabelledBox(new Box(17.5, 18.5, 40.5, 32.5), 0));
        assertThat(read.warnings()).contains("Signs without a box, left out: 1 (a.png).");
    }

    @Test
    void classesAreMerged() throws IOException {
        yolo();
        SceneSplit read = read(ClassTable.parse(List.of("sign=stop,yield")), OptionalDouble.empty(), 1);
        assertThat(read.train().classNames()).containsExactly("sign");
        assertThat(read.train().boxCounts()).containsExactly(1);
        SceneSplit one = read(ClassTable.parse(List.of("yield")), OptionalDouble.empty(), 1);
        assertThat(one.train().boxCounts()).containsExactly(1);
        assertThat(one.test().boxCounts()).containsExactly(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "halt|names halt, but the data have the classes stop, yield, unused",
                "sign=stop,|such as stop=stop,stopAhead",
                "=stop|such as stop=stop,stopAhead",
                "a=stop b=stop|names stop twice, for a and for b",
                "a=stop a=yield|makes the class a twice",
                "stop,yield|put spaces between several, or say what they become, for example sign=stop,yield"
            })
    void tablesThatDoNotFit(String table, String problem) throws IOException {
        yolo();
        assertThatThrownBy(() -> read(ClassTable.parse(List.of(table.split(" "))), OptionalDouble.empty(), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem);
    }

    /** As programs write it that export a divided set: photographs and their XML side by side, names anew in each. */
    @Test
    void vocBesideThePhotographsInParts() throws IOException {
        for (String part : new String[] {"train", "valid"}) {
            for (String name : new String[] {"r0", "r1"}) {
                picture(part + "/" + name + ".png", 40, 60);
                voc(part + "/" + name + ".XML", name + ".png", object("stop", 1, 1, 10, 20));
            }
        }
        SceneSplit read = read();
        assertThat(names(read.train())).containsExactly("train/r0.png", "train/r1.png");
        assertThat(names(read.test())).containsExactly("valid/r0.png", "valid/r1.png");
        assertThat(read.settings()).containsEntry("division", "by the folders that photographs lie in");
        assertThat(read.warnings()).isEmpty();
    }

    /** A copy in another size has its boxes in the wrong places. */
    @Test
    void anotherSizeThanTheFileSays() throws IOException {
        picture("images/a.png", 20, 30);
        picture("images/b.png", 40, 60);
        voc("annotations/a.xml", "a.png", object("stop", 1, 1, 10, 20));
        voc("annotations/b.xml", "b.png", object("stop", 1, 1, 10, 20) + object("stop", 1, 1, 10, 20));
        lists("a", "b");
        SceneSplit read = read();
        assertThat(read.warnings())
                .containsExactly(
                        "Photographs of another size than their annotations say, so that boxes may be wrong: 1"
                                + " (images/a.png).",
                        "Boxes that stand twice, counted once: 1 (images/b.png).");
        assertThat(read.test().boxCounts()).containsExactly(1);
    }

    @Test
    void linksThatLeadBackAndNamesThatFitTwice() throws IOException {
        picture("images/a.png", 40, 60);
        picture("images/b.png", 40, 60);
        picture("more/c.png", 40, 60);
        picture("other/c.png", 40, 60);
        Files.createSymbolicLink(folder.resolve("images/again"), folder);
        for (String name : new String[] {"a", "b", "c"}) {
            voc("annotations/" + name + ".xml", name + ".png", object("stop", 1, 1, 10, 20));
        }
        SceneSplit read = read();
        assertThat(read.train().size() + read.test().size()).isEqualTo(2);
        assertThat(read.warnings())
                .contains("Annotations that several photographs fit, left out: 1 (annotations/c.xml).");
    }

    @Test
    void halfADivisionIsRefused() throws IOException {
        yolo();
        Files.delete(folder.resolve("test.txt"));
        assertThatThrownBy(this::read)
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("test.txt: There is no such file, though there is train.txt");
    }

    @Test
    void aLineWithoutAClassIsRefused() throws IOException {
        yolo();
        write("classes.txt", "stop\n\nyield\n");
        assertThatThrownBy(this::read).hasMessageContaining("classes.txt, line 2: The line is empty");
    }

    @Test
    void nothingToFindOrToTest() throws IOException {
        picture("images/a.png", 40, 60);
        voc("annotations/a.xml", "a.png", "");
        assertThatThrownBy(this::read).hasMessageContaining("None of the 1 photographs with annotations has a box");
        voc("annotations/a.xml", "a.png", object("stop", 1, 1, 10, 20));
        assertThatThrownBy(this::read).hasMessageContaining("no photographs to test on, for all 1 are of one sign");
    }

    /** Each is told, none ends the reading. */
    @Test
    void boxesThatCannotBe() throws IOException {
        picture("images/a.png", 40, 60);
        picture("images/b.png", 40, 60);
        picture("images/lonely.png", 40, 60);
        voc(
                "annotations/a.xml",
                "a.png",
                object("in", 1, 1, 10, 20)
                        + object("far", 100, 1, 120, 20)
                        + object("over", 50, 30, 90, 60)
                        + object("swapped", 30, 30, 10, 10)
                        + object("empty", 6, 1, 5, 20)
                        + object("touching", 0, 0, 60, 41));
        voc("annotations/b.xml", "b.png", object("in", 1, 1, 10, 20));
        voc("annotations/z.xml", "z.png", object("in", 1, 1, 10, 20));
        lists("a", "b");
        SceneSplit read = read();
        assertThat(read.train().scenes().get(0).boxes())
                .extracting(LabelledBox::box)
                .containsExactly(
                        new Box(0, 0, 10, 20), new Box(49, 29, 60, 40), new Box(10, 10, 29, 29), new Box(0, 0, 60, 40));
        assertThat(read.warnings())
                .contains(
                        "Annotations without a photograph, left out: 1 (annotations/z.xml).",
                        "Photographs without an annotation file, left out: 1 (images/lonely.png).",
                        "Boxes outside their photograph, left out: 1 (images/a.png).",
                        "Boxes that reach out of their photograph, cut at its edge: 1 (images/a.png).",
                        "Boxes with swapped corners, put right: 1 (images/a.png).",
                        "Empty boxes, left out: 1 (images/a.png).");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 0.5 0.5 0.5|line 1: Expected a class's number and four shares",
                "1 0.5 0.5 0.5 0.5 0.9|polygons and scores are not read",
                "3 0.5 0.5 0.5 0.5|There is no class '3'; 3 are named, from 0 (stop) to 2 (unused)",
                "stop 0.5 0.5 0.5 0.5|There is no class 'stop'",
                "1 0.5 0.5 x 0.5|Expected a number, found 'x'",
                "1 0.5 0.5 NaN 0.5|Expected a number, found 'NaN'",
                "1 30 20 10 10|shares of the photograph, 0 to 1, not 30 (pixels?)"
            })
    void brokenYolo(String line, String problem) throws IOException {
        yolo();
        write("data/b.txt", line);
        assertThatThrownBy(this::read)
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("b.txt")
                .hasMessageContaining(problem);
    }

    /** The layout is known by any of them, and what is wrong is told where it stands. */
    @ParameterizedTest
    @ValueSource(strings = {"0 0.5 0.5", "hello", "0 nan 0.5 0.5 0.5", "-1 0.5 0.5 0.5 0.5"})
    void brokenYoloInTheFirstFile(String line) throws IOException {
        yolo();
        write("data/a.txt", line);
        assertThat(SceneFolder.is(folder)).isTrue();
        assertThatThrownBy(this::read)
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("a.txt, line 1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<annotation><filename>a.png</filename><object>|This is no XML that can be read",
                "<html/>|Expected <annotation>, as in Pascal VOC, found <html>",
                "<annotation><object><name>x</name></object></annotation>|no <xmin> in its <bndbox>",
                "<annotation><object><bndbox/></object></annotation>|has no <name>",
                "<annotation><object><name>x</name><bndbox><xmin>q</xmin></bndbox></object></annotation>|xmin: Expected a number",
                "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><annotation><object><name>&e;</name></object></annotation>|a.xml",
                "''|This is no XML that can be read"
            })
    void brokenVoc(String xml, String problem) throws IOException {
        picture("images/a.png", 40, 60);
        write("annotations/a.xml", xml);
        assertThatThrownBy(this::read)
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("a.xml")
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no colon here|Expected the name of a photograph",
                "b.png:VISIBLE, 1, 2, 3;|four numbers and its kind, found 'VISIBLE, 1, 2, 3'",
                "b.png:VISIBLE, 1, x, 3, 4, MANDATORY, A;|Expected a number, found 'x'",
                "a.png:|The photograph a.png has a line before"
            })
    void brokenSwedish(String line, String problem) throws IOException {
        picture("a.png", 40, 60);
        picture("b.png", 40, 60);
        write("annotations.txt", "a.png:\n" + line + "\n");
        assertThatThrownBy(this::read)
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("annotations.txt, line 2")
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v/0.png;stop;5;5;15|line 2: The column 'Lower right corner Y' is empty; the line has 5 of 6 columns",
                "v/0.png;stop;5;5;15;x|line 2, Lower right corner Y: Expected a number, found 'x'"
            })
    void brokenLisa(String line, String problem) throws IOException {
        picture("v/0.png", 40, 60);
        String head = "Filename;Annotation tag;Upper left corner X;Upper left corner Y;Lower right corner X;Lower right"
                + " corner Y\n";
        write("allAnnotations.csv", head + line + "\n");
        assertThatThrownBy(this::read)
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining(problem);
        write("allAnnotations.csv", "Filename;x\nv/0.png;stop\n");
        assertThatThrownBy(this::read).hasMessageContaining("line 1: There is no column 'Annotation tag'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gone|There is no photograph 'gone' with annotations",
                "data/a.png|The photograph 'data/a.png' is listed before",
                "''|There are no photographs to test on"
            })
    void listsThatDoNotFit(String test, String problem) throws IOException {
        yolo();
        lists("data/a.png", test);
        assertThatThrownBy(this::read)
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void brokenPhotographsAreNamed() throws IOException {
        yolo();
        Files.write(folder.resolve("data/b.png"), new byte[0]);
        assertThatThrownBy(this::read).hasMessageContaining("b.png: The file is empty");
        Files.write(folder.resolve("data/b.png"), "no picture".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(this::read).hasMessageContaining("b.png: This is no picture");
    }

    @Test
    void aDividedSetTakesNoShare() throws IOException {
        yolo();
        assertThatThrownBy(() -> read(ClassTable.AS_THEY_ARE, OptionalDouble.of(0.5), 1))
                .hasMessageContaining("--test-share is for data that are not divided");
        assertThatThrownBy(() -> new SceneFolder.Options(ClassTable.AS_THEY_ARE, OptionalDouble.of(1), 1))
                .hasMessageContaining("between 0 and 1");
    }

    @Test
    void anotherFolderIsRefused() {
        assertThatThrownBy(this::read).hasMessageContaining("There are no photographs with boxes in a layout");
    }

    private SceneSplit read() throws IOException {
        return read(ClassTable.AS_THEY_ARE, OptionalDouble.empty(), 1);
    }

    private SceneSplit read(ClassTable classes, OptionalDouble share, long seed) throws IOException {
        return SceneFolder.read(folder, new SceneFolder.Options(classes, share, seed));
    }

    private static List<String> names(Scenes scenes) {
        return scenes.scenes().stream().map(Scene::name).toList();
    }

    private void lists(String train, String test) throws IOException {
        write("train.txt", train + "\n");
        write("test.txt", test + "\n");
    }

    private void picture(String name, int height, int width) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
    }

    private void voc(String name, String picture, String objects) throws IOException {
        write(
                name,
                "<annotation><filename>" + picture + "</filename><size><width>60</width><height>40</height></size>"
                        + objects + "</annotation>");
    }

    private static String object(String name, int left, int top, int right, int bottom) {
        return "<object><name>" + name + "</name><part><bndbox><xmin>7</xmin></bndbox></part><bndbox><xmin>" + left
                + "</xmin><ymin>" + top + "</ymin><xmax>" + right + "</xmax><ymax>" + bottom
                + "</ymax></bndbox></object>";
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
