package io.sapper.data.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.MalformedFileException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** YOLO as Ultralytics' programs have it: {@code data.yaml}, and folders of images and labels. */
class DataYamlTest {
    private static final String BOX = " 0.5 0.5 0.5 0.25";

    @TempDir
    Path folder;

    @BeforeEach
    void photographs() throws IOException {
        photograph("images/train", "labels/train", "a", "0" + BOX);
        photograph("images/val", "labels/val", "b", "1" + BOX);
        photograph("images/test", "labels/test", "c", "1" + BOX);
    }

    /** As the documentation of Ultralytics has it, comments and all. */
    @Test
    void namesByNumber() throws IOException {
        yaml("""
                # Signs
                path: ../datasets/signs # dataset root dir
                train: images/train # train images (relative to 'path')
                val: images/val
                test: # test images (optional)

                # Classes
                names:
                  0: stop
                  1: yield

                download: |
                  from ultralytics.utils.downloads import download
                """);
        SceneSplit read = read();
        assertThat(read.train().classNames()).containsExactly("stop", "yield");
        assertThat(names(read.train())).containsExactly("images/train/a.png");
        assertThat(names(read.test())).containsExactly("images/val/b.png");
        assertThat(read.train().boxCounts()).containsExactly(1, 0);
        assertThat(read.settings())
                .containsEntry("division", "by data.yaml (its val is the test); 1 photographs in neither");
    }

    /** As Roboflow writes it: paths lead out of the folder, and there is a test. */
    @Test
    void namesAsAListAndPathsThatLeadOut() throws IOException {
        yaml("train: ../images/train\nval: ../images/val\ntest: ../images/test\nnc: 2\nnames: ['stop', 'no']\n");
        SceneSplit read = read();
        assertThat(read.train().classNames()).containsExactly("stop", "no"); // a name, and not false
        assertThat(names(read.test())).containsExactly("images/test/c.png");
    }

    @Test
    void severalFoldersListsAndPathsOfAnotherMachine() throws IOException {
        write("lists/training.txt", "/content/signs/images/val/b.png\n\n./images/test/c.png\n");
        yaml("train: [lists/training.txt]\nval:\n  - /content/signs/images/train\nnames: [020, 030]\n");
        SceneSplit read = read();
        assertThat(read.train().classNames()).containsExactly("020", "030");
        assertThat(names(read.train())).containsExactly("images/test/c.png", "images/val/b.png");
        assertThat(names(read.test())).containsExactly("images/train/a.png");
    }

    /** Relative to where Java runs, as people type it. */
    @Test
    void theFolderMayBeRelative() throws IOException {
        yaml("train: images/train\nval: images/val\nnames: [stop, yield]\n");
        Path relative = Path.of("").toAbsolutePath().relativize(folder.toRealPath());
        SceneSplit read = SceneFolder.read(relative, SceneFolder.Options.DEFAULT);
        assertThat(names(read.train())).containsExactly("images/train/a.png");
    }

    @Test
    void withoutPartsFoldersDivide() throws IOException {
        yaml("names: [stop, yield]\n");
        SceneSplit read = read();
        assertThat(read.settings()).containsEntry("division", "by the folders that photographs lie in");
        assertThat(names(read.test())).containsExactly("images/test/c.png", "images/val/b.png");
    }

    /** A file of another name counts where it is the only one with names. */
    @Test
    void anotherName() throws IOException {
        write("coco8.yaml", "names: [stop, yield]\ntrain: images/train\nval: images/val\n");
        write("other.yml", "version: 3\n");
        assertThat(read().train().classNames()).containsExactly("stop", "yield");
        write("more.yaml", "names: [a, b, c]\n");
        assertThat(read().train().classNames()).containsExactly("0", "1");
    }

    /** Folders of images and labels alone: the classes have numbers, and can be named. */
    @Test
    void withoutNames() throws IOException {
        SceneSplit read = read();
        assertThat(read.train().classNames()).containsExactly("0", "1");
        assertThat(read.settings())
                .containsEntry("classes", "called by their numbers, for no data.yaml and no classes.txt names them");
        SceneSplit named = SceneFolder.read(
                folder,
                new SceneFolder.Options(ClassTable.parse(List.of("stop=0", "yield=1")), OptionalDouble.empty(), 1));
        assertThat(named.train().classNames()).containsExactly("stop", "yield");
        write("labels/val/b.txt", "4711" + BOX);
        assertThatThrownBy(this::read).hasMessageContaining("b.txt, line 1: There is no class '4711'");
    }

    @Test
    void partsInFoldersOfTheirOwn() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        for (String part : new String[] {"train", "valid"}) {
            photograph("other/" + part + "/images", "other/" + part + "/labels", part, "0" + BOX);
        }
        SceneSplit read = SceneFolder.read(other, SceneFolder.Options.DEFAULT);
        assertThat(names(read.train())).containsExactly("train/images/train.png");
        assertThat(names(read.test())).containsExactly("valid/images/valid.png");
    }

    @Test
    void aDividedSetTakesNoShare() throws IOException {
        yaml("train: images/train\nval: images/val\nnames: [stop, yield]\n");
        assertThatThrownBy(() -> SceneFolder.read(
                        folder, new SceneFolder.Options(ClassTable.AS_THEY_ARE, OptionalDouble.of(0.5), 1)))
                .hasMessageContaining("data.yaml (its val is the test) divides. Leave it out.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "names: [stop|line 1: This is no YAML that can be read: ",
                "just words|Expected names with values, such as names: [stop, yield]",
                "train: images/train|names: The names of the classes must stand here",
                "names: []|names: The names of the classes must stand here",
                "names: [stop, stop]|names: A class is named twice",
                "names: [stop, '']|names: An entry is empty",
                "names: [stop, [yield]]|names: Expected a text, found a list",
                "names: [stop, yield];nc: 3|nc: It says 3 classes, but names has 2",
                "names: {0: stop, 2: yield}|names: There are 2 classes, but none has the number 1",
                "names: {0: stop, 0: yield}|This is no YAML that can be read: ",
                "names: !!java.io.File [x]|This is no YAML that can be read: ",
                "names: [stop, yield];train: images/train|val: Nothing is named here, though train is",
                "names: [stop, yield];val: images/val|train: Nothing is named here, though val is",
                "names: [stop, yield];train: images/train;val: images/gone|val: There is no images/gone below",
                "names: [stop, yield];train: images/train;test: gone|without test, val is the test",
                "names: [stop, yield];train: images/train;val: labels|val: There are no photographs in labels",
                "names: [stop, yield];train: images;val: images/val|val: The photograph images/val/b.png is to train on",
                "names: [stop, yield];train: {a: b};val: images/val|train: Expected a text, found names with values"
            })
    void broken(String text, String problem) throws IOException {
        yaml(text.replace(';', '\n') + "\n");
        assertThatThrownBy(this::read)
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("data.yaml")
                .hasMessageContaining(problem)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void aListThatNamesNoPhotograph() throws IOException {
        write("train.list.txt", "images/train/gone.png\n");
        yaml("train: train.list.txt\nval: images/val\nnames: [stop, yield]\n");
        assertThatThrownBy(this::read)
                .hasMessageContaining("train.list.txt, line 1: There is no photograph 'images/train/gone.png'");
    }

    /** Files made to exhaust the memory, or Java's stack. */
    @ParameterizedTest
    @ValueSource(strings = {"deep", "laughs", "long"})
    void hostile(String kind) throws IOException {
        String text =
                switch (kind) {
                    case "deep" -> "names: " + "[".repeat(100_000) + "]".repeat(100_000);
                    case "laughs" ->
                        IntStream.range(1, 30)
                                .mapToObj(i -> "a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ", ").repeat(9) + "x]")
                                .collect(Collectors.joining("\n", "a0: &a0 [x]\n", "\nnames: *a29\n"));
                    default -> "names: [stop, yield]\n" + "#".repeat(2_000_000);
                };
        yaml(text);
        assertThatThrownBy(this::read)
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("data.yaml");
    }

    private SceneSplit read() throws IOException {
        return SceneFolder.read(folder, SceneFolder.Options.DEFAULT);
    }

    private static List<String> names(Scenes scenes) {
        return scenes.scenes().stream().map(Scene::name).toList();
    }

    private void photograph(String images, String labels, String name, String boxes) throws IOException {
        Path file = folder.resolve(images).resolve(name + ".png");
        Files.createDirectories(file.getParent());
        ImageIO.write(new BufferedImage(60, 40, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
        write(labels + "/" + name + ".txt", boxes + "\n");
    }

    private void yaml(String text) throws IOException {
        write("data.yaml", text);
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
