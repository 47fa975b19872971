package io.sapper.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.data.MalformedFileException;
import io.sapper.data.Obtained;
import io.sapper.data.SharedData;
import io.sapper.data.Split;
import io.sapper.data.audio.SoundOptions;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderReaderTest {
    @TempDir
    Path folder;

    @BeforeEach
    void layOut() throws IOException {
        for (int i = 0; i < 10; i++) {
            grey("zebra/" + i + ".png", 100 + i);
            if (i < 5) {
                grey("ape/" + i + ".png", i);
            }
        }
        Files.writeString(folder.resolve("README.md"), "about");
        Files.writeString(folder.resolve("ape/README.md"), "about");
        Files.writeString(folder.resolve("ape/.hidden.png"), "no picture");
        Files.createDirectories(folder.resolve(".git"));
        Files.createDirectories(folder.resolve("__MACOSX"));
    }

    @Test
    void classesAreSortedAndDividedByShare() throws IOException {
        Split split = read();
        assertThat(split.train().classNames()).containsExactly("ape", "zebra");
        assertThat(split.train().shape()).isEqualTo(new ImageShape(1, 2, 3));
        assertThat(split.train().classSizes()).containsExactly(4, 8);
        assertThat(split.test().classSizes()).containsExactly(1, 2);
        assertThat(read().test().digest()).isEqualTo(split.test().digest());
        assertThat(FolderReader.read(
                                folder,
                                new FolderReader.Options(Optional.empty(), Optional.empty(), OptionalDouble.empty(), 2))
                        .split()
                        .test()
                        .digest())
                .isNotEqualTo(split.test().digest());
    }

    @Test
    void greySamplesStayAsStored() throws IOException {
        Files.writeString(folder.resolve("train.txt"), "\ufeffzebra/7.png\n"); // as an editor on Windows writes it
        Files.writeString(folder.resolve("test.txt"), "ape/3.png\r\n\n");
        Split split = read();
        assertThat(split.train().image(0)).containsOnly(107);
        assertThat(split.train().label(0)).isEqualTo(1);
        assertThat(split.test().image(0)).containsOnly(3);
    }

    @Test
    void sizeAndColourCanBeWanted() throws IOException {
        Split split = FolderReader.read(
                        folder,
                        new FolderReader.Options(
                                Optional.of(Resizing.parse("5x4", Fit.RESIZE)),
                                Optional.of(new ImageShape(3, 9, 9)),
                                OptionalDouble.empty(),
                                1))
                .split();
        assertThat(split.train().shape()).isEqualTo(new ImageShape(3, 5, 4));
        byte[] first = split.train().image(0);
        assertThat(first).containsOnly(first[0]); // one grey everywhere stays one grey everywhere
    }

    /** Mixed in size and colour; the network reads grey of 4 x 4. */
    @Test
    void picturesAreBroughtToWhatTheNetworkReads() throws IOException {
        PictureFiles.write(PictureFiles.plain(7, 2, 0xff0000), "png", folder.resolve("zebra/4.png"));
        Obtained read = FolderReader.read(
                folder,
                new FolderReader.Options(
                        Optional.empty(), Optional.of(new ImageShape(1, 4, 4)), OptionalDouble.empty(), 1));
        assertThat(read.split().train().shape()).isEqualTo(new ImageShape(1, 4, 4));
        assertThat(read.settings().get("picture size"))
                .startsWith("4x4 (rows x columns), as the network reads them; 15 pictures stretched");
        assertThat(read.settings().get("pictures converted"))
                .isEqualTo("1 picture in colour, made grey (Rec. 601 luma) (zebra/4.png)");
    }

    @Test
    void turnedPicturesAreCounted() throws IOException {
        PictureFiles.turned(folder.resolve("zebra/4.jpg"), PictureFiles.plain(2, 3, 0xff0000), 6);
        assertThat(FolderReader.read(folder, size("4", Fit.CROP)).settings().get("pictures converted"))
                .contains("1 picture turned or mirrored as the EXIF data of the file say (zebra/4.jpg)");
    }

    @Test
    void mixedSizesAreCountedAndTheOptionNamed() throws IOException {
        PictureFiles.write(PictureFiles.plain(7, 2, 0), "png", folder.resolve("zebra/4.png"));
        assertThatThrownBy(this::read)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 sizes (rows x columns): 14 of 2x3, 1 of 2x7.")
                .hasMessageContaining("--size 32", "--fit crop");
        Obtained sized = FolderReader.read(folder, size("4", Fit.CROP));
        assertThat(sized.split().train().shape()).isEqualTo(new ImageShape(3, 4, 4));
        assertThat(sized.settings().get("picture size"))
                .isEqualTo("4x4 (rows x columns); 15 pictures cut to its proportions at the middle, then scaled;"
                        + " all are of 2 to 2 rows and 3 to 7 columns");
    }

    /** Wherever the odd one is, in training or test. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void greyAmongColourBecomesColourAndIsCounted(long seed) throws IOException {
        PictureFiles.write(PictureFiles.plain(3, 2, 0xff0000), "png", folder.resolve("zebra/4.png"));
        Obtained mixed = FolderReader.read(
                folder, new FolderReader.Options(Optional.empty(), Optional.empty(), OptionalDouble.empty(), seed));
        assertThat(mixed.settings().get("pictures converted"))
                .startsWith("14 pictures in grey among others in colour, given three equal channels (ape/");
        List<String> first = new ArrayList<>();
        for (Dataset part : List.of(mixed.split().train(), mixed.split().test())) {
            assertThat(part.shape()).isEqualTo(new ImageShape(3, 2, 3));
            for (int i = 0; i < part.size(); i++) {
                byte[] image = part.image(i);
                first.add((image[0] & 0xff) + " " + (image[6] & 0xff) + " " + (image[12] & 0xff));
            }
        }
        assertThat(first)
                .containsExactlyInAnyOrder(
                        "0 0 0",
                        "1 1 1",
                        "2 2 2",
                        "3 3 3",
                        "4 4 4",
                        "100 100 100",
                        "101 101 101",
                        "102 102 102",
                        "103 103 103",
                        "255 0 0",
                        "105 105 105",
                        "106 106 106",
                        "107 107 107",
                        "108 108 108",
                        "109 109 109");
    }

    @Test
    void everythingLeftOutIsCountedAndNamed() throws IOException {
        for (int i = 0; i < 5; i++) {
            Files.writeString(folder.resolve("ape/" + i + ".heic"), "no matter");
        }
        Files.writeString(folder.resolve("ape/bare"), "no matter");
        Files.createDirectories(folder.resolve("zebra/more"));
        PictureFiles.write(PictureFiles.plain(3, 2, 0), "png", folder.resolve("stray.png"));
        Obtained read = FolderReader.read(folder, FolderReader.Options.DEFAULT);
        assertThat(read.warnings())
                .singleElement()
                .asString()
                .contains(
                        "5 ending in .heic (ape/0.heic, ape/1.heic, ape/2.heic, ...)",
                        "1 without an ending (ape/bare)",
                        "1 within deeper folders or broken links (zebra/more)",
                        "1 beside the class folders (stray.png)",
                        "webp");
        assertThat(read.settings().get("files left out"))
                .isEqualTo("1 hidden (ape/.hidden.png), 1 ending in .md (ape/README.md)");
    }

    /** Of each class, the rest are WebP, TIFF, JFIF: all are read, and nothing is to be told. */
    @Test
    void otherEndingsAreRead() throws IOException {
        for (int i = 0; i < 15; i++) {
            PictureFiles.webp(folder.resolve("ape/w" + i + ".webp"), 3, 2, 0x010101 * i);
        }
        PictureFiles.write(PictureFiles.plain(3, 2, 0), "tiff", folder.resolve("ape/t.tif"));
        PictureFiles.write(PictureFiles.plain(3, 2, 0), "jpeg", folder.resolve("ape/t.JFIF"));
        Obtained read = FolderReader.read(folder, FolderReader.Options.DEFAULT);
        assertThat(read.split().train().size() + read.split().test().size()).isEqualTo(15 + 17);
        assertThat(read.warnings()).isEmpty();
    }

    @Test
    void classesNamedByNumbersAreOrderedAsNumbers() throws IOException {
        Path numbers = folder.resolve("numbers");
        for (int i = 0; i < 12; i++) {
            PictureFiles.write(PictureFiles.plain(1, 1, i), "png", numbers.resolve(i + "/1.png"));
            PictureFiles.write(PictureFiles.plain(1, 1, i), "png", numbers.resolve(i + "/2.png"));
        }
        Obtained read = FolderReader.read(numbers, FolderReader.Options.DEFAULT);
        assertThat(read.split().train().classNames())
                .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11");
        assertThat(read.settings().get("class order"))
                .isEqualTo("folders named by numbers, ordered as numbers: 0, 1, 2, ... 11");
        Files.move(numbers.resolve("0"), numbers.resolve("0012"));
        assertThat(FolderReader.read(numbers, FolderReader.Options.DEFAULT)
                        .settings()
                        .get("class order"))
                .endsWith("1, 2, 3, ... 0012; classes count from 0 all the same: 1 is class 0, 0012 is class 11");
        Files.move(numbers.resolve("1"), numbers.resolve("one"));
        Obtained words = FolderReader.read(numbers, FolderReader.Options.DEFAULT);
        assertThat(words.split().train().classNames())
                .startsWith("0012", "10", "11", "2")
                .endsWith("one");
        assertThat(words.settings()).doesNotContainKey("class order");
    }

    @Test
    void portableGreyMapsAreRead() throws IOException {
        Files.writeString(folder.resolve("zebra/9.pgm"), "P2\n3 2\n255\n200 200 200 200 200 200\n");
        Files.writeString(folder.resolve("train.txt"), "zebra/9.pgm");
        Files.writeString(folder.resolve("test.txt"), "zebra/1.png");
        assertThat(read().train().image(0)).containsOnly(200);
    }

    /** How many there are, how many are needed, and what to give. */
    @Test
    void onePictureOfEachClassIsTooFew() throws IOException {
        Path few = folder.resolve("few");
        for (int label = 0; label < 3; label++) {
            Files.createDirectories(few.resolve("c" + label));
            grey("few/c" + label + "/1.png", 10);
        }
        assertThatThrownBy(() -> FolderReader.read(few, FolderReader.Options.DEFAULT))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageEndingWith(
                        "few: There are 3 pictures, one for each of 3 classes, so that none is left for the"
                                + " test set. Give at least two of each class; an audit needs 50 besides those for testing,"
                                + " a repair some hundreds.");
    }

    @Test
    void brokenFoldersAreNamed() throws IOException {
        Files.createDirectories(folder.resolve("mule"));
        expect("mule: There is no picture in this class folder. Maybe it is no class, or its pictures lie deeper. Put"
                + " pictures of the class in it, or take the folder away; a network that knows the class then needs the"
                + " names of all its classes, with --classes FILE.");
        Files.writeString(folder.resolve("mule/a.heic"), "no matter");
        expect("mule: There is no picture in this class folder, only files 1 ending in .heic (mule/a.heic); read are");
        Files.delete(folder.resolve("mule/a.heic"));
        Files.writeString(folder.resolve("mule/a.png"), "no picture");
        expect("a.png: This is no picture in a known format");
        Files.write(folder.resolve("mule/a.png"), new byte[0]);
        expect("a.png: The file is empty");
        byte[] whole = Files.readAllBytes(folder.resolve("ape/1.png"));
        Files.write(folder.resolve("mule/a.png"), Arrays.copyOf(whole, whole.length - 25));
        expect("a.png: The picture cannot be read");
    }

    /** No picture is left out in silence, and nobody has to meet the broken ones one after another. */
    @Test
    void brokenPicturesAreCountedAndTheWayOutIsSaid() throws IOException {
        Path file = Files.writeString(folder.resolve("ape/1.png"), "no picture");
        expect(file
                + ": This is no picture in a known format. Maybe the file is damaged or wrongly named. Take the file"
                + " away, or put a whole one in its place.");
        Files.write(folder.resolve("zebra/1.png"), new byte[0]);
        Files.write(folder.resolve("zebra/2.png"), new byte[0]);
        assertThatThrownBy(this::read)
                .hasMessageContaining(" 2 pictures more cannot be read: ")
                .hasMessageContaining("zebra/1.png")
                .hasMessageContaining("zebra/2.png")
                .hasMessageEndingWith("Take the files away, or put whole ones in their place.");
    }

    @Test
    void foldersWithoutClassesAreNamed() throws IOException {
        Path none = Files.createDirectories(folder.resolve("deep/none"));
        assertThatThrownBy(() -> FolderReader.read(none, FolderReader.Options.DEFAULT))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("There is no class folder");
        ImageIO.write(
                new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY),
                "png",
                Files.createDirectories(none.resolve("one")).resolve("1.png").toFile());
        assertThatThrownBy(() -> FolderReader.read(none, FolderReader.Options.DEFAULT))
                .hasMessageContaining("only one class folder, one;");
        assertThatThrownBy(() -> FolderReader.read(folder.resolve("x"), FolderReader.Options.DEFAULT))
                .hasMessageContaining("There is no such folder");
    }

    @Test
    void brokenSplitFilesAreNamed() throws IOException {
        Files.writeString(folder.resolve("train.txt"), "ape/1.png\n");
        expect("test.txt: There is no such file, though there is train.txt");
        Files.writeString(folder.resolve("test.txt"), "\n\n");
        expect("test.txt: No picture is listed");
        Files.writeString(folder.resolve("test.txt"), "ape/2.png\nape/77.png\n");
        expect("test.txt, line 2: There is no picture 'ape/77.png'");
        Files.writeString(folder.resolve("test.txt"), "../ape/2.png\n");
        expect("There is no picture '../ape/2.png'");
        Files.writeString(folder.resolve("test.txt"), "ape/2.png\nape/1.png\n");
        expect("test.txt, line 2: The picture 'ape/1.png' is listed twice, first in train.txt, line 1");
    }

    /** YouTube Faces: person, video, frame. A tenth of each person's frames is the test, whatever their videos. */
    @Test
    void framesOfVideosAreTheirPersons() throws IOException {
        for (int i = 0; i < 30; i++) {
            grey("faces/Ann/" + i % 3 + "/aligned_detect_" + i % 3 + "." + i + ".png", i);
            grey("faces/Bob/4/aligned_detect_4." + i + ".png", i);
        }
        Path faces = folder.resolve("faces");
        Obtained read = FolderReader.read(faces, FolderReader.Options.DEFAULT);
        assertThat(read.split().train().classNames()).containsExactly("Ann", "Bob");
        assertThat(read.split().train().classSizes()).containsExactly(27, 27);
        assertThat(read.split().test().classSizes()).containsExactly(3, 3);
        assertThat(read.settings()).containsEntry("frames", "in folders of videos, named by numbers");
        assertThat(read.warnings()).anyMatch(line -> line.contains("Frames of one video are much alike"));

        Files.writeString(faces.resolve("train.txt"), "Ann/0/aligned_detect_0.0.png\nBob/4/aligned_detect_4.1.png\n");
        Files.writeString(faces.resolve("test.txt"), "Ann/2/aligned_detect_2.29.png\n");
        Split listed = FolderReader.read(faces, FolderReader.Options.DEFAULT).split();
        assertThat(listed.test().image(0)).containsOnly(29);
    }

    /** Deeper folders with other names are still no videos: most likely the folder above the right one was given. */
    @Test
    void deeperFoldersOfOtherNamesAreNoVideos() throws IOException {
        grey("above/one/cats/1.png", 1);
        grey("above/two/cats/1.png", 1);
        assertThatThrownBy(() -> FolderReader.read(folder.resolve("above"), FolderReader.Options.DEFAULT))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("There is no picture in this class folder");
    }

    /** Of 10 zebras and 5 apes 4 each: 3 to train and 1 to test, others by another seed. */
    @Test
    void soManyOfEachClassCanBeWanted() throws IOException {
        Split four = FolderReader.read(folder, perClass(4, 1)).split();
        assertThat(four.train().classSizes()).containsExactly(3, 3);
        assertThat(four.test().classSizes()).containsExactly(1, 1);
        assertThat(FolderReader.read(folder, perClass(4, 2)).split().train().digest())
                .isNotEqualTo(four.train().digest());
        assertThatThrownBy(() -> perClass(1, 1)).hasMessageContaining("--per-class takes 2 pictures");
        Files.writeString(folder.resolve("train.txt"), "ape/1.png\nzebra/1.png\n");
        Files.writeString(folder.resolve("test.txt"), "ape/2.png\n");
        assertThatThrownBy(() -> FolderReader.read(folder, perClass(4, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--per-class chooses from a folder that is not divided yet");
    }

    /**
     * Who has one picture has it in the training part: a network can learn it, but nothing is measured, and told so.
     */
    @Test
    void aPersonWithOnePictureIsTrainedOnAndNamed() throws IOException {
        grey("lone/1.png", 9);
        Obtained read = FolderReader.read(folder, FolderReader.Options.DEFAULT);
        assertThat(read.split().train().classSizes()).containsExactly(4, 1, 8);
        assertThat(read.split().test().classSizes()).containsExactly(1, 0, 2);
        assertThat(read.warnings()).anyMatch(line -> line.contains("No test picture has the class lone"));
    }

    private static FolderReader.Options perClass(int pictures, long seed) {
        return new FolderReader.Options(
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                seed,
                false,
                OptionalInt.of(pictures),
                SoundOptions.DEFAULT);
    }

    @Test
    void facesReadAsTheirReadmeSays() throws IOException {
        Split split = FolderReader.read(SharedData.folder("lfw-faces"), FolderReader.Options.DEFAULT)
                .split();
        assertThat(split.train().size()).isEqualTo(3463);
        assertThat(split.test().size()).isEqualTo(861);
        assertThat(split.train().classCount()).isEqualTo(158);
        assertThat(split.train().shape()).isEqualTo(new ImageShape(1, 55, 47));
    }

    private static FolderReader.Options size(String size, Fit fit) {
        return new FolderReader.Options(
                Optional.of(Resizing.parse(size, fit)), Optional.empty(), OptionalDouble.empty(), 1);
    }

    private Split read() throws IOException {
        return FolderReader.read(folder, FolderReader.Options.DEFAULT).split();
    }

    private void expect(String message) {
        assertThatThrownBy(this::read)
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining(message);
    }

    private void grey(String path, int value) throws IOException {
        BufferedImage picture = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 6; i++) {
            picture.getRaster().setSample(i % 3, i / 3, 0, value);
        }
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        ImageIO.write(picture, "png", file.toFile());
    }
}
