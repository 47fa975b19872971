package io.sapper.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.MalformedFileException;
import io.sapper.data.Obtained;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Folders that come divided: train, test, val. */
class PartsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"train, test", "Train, Test", "TRAINING, testing", "train, val", "train, valid", "train, Validation"})
    void bothPartsAreReadAsTheyAre(String train, String test) throws IOException {
        pictures(train + "/cat", 3);
        pictures(train + "/dog", 2);
        pictures(test + "/cat", 1);
        pictures(test + "/dog", 4);
        Obtained read = read();
        assertThat(read.split().train().classNames()).containsExactly("cat", "dog");
        assertThat(read.split().train().classSizes()).containsExactly(3, 2);
        assertThat(read.split().test().classSizes()).containsExactly(1, 4);
        assertThat(read.settings().get("division"))
                .isEqualTo("as found: " + train + " for training, " + test + " for the test");
        assertThat(read.warnings()).isEmpty();
    }

    @Test
    void validationPicturesBesideTestPicturesAreLeftOutAndNamed() throws IOException {
        trainAndTest();
        pictures("val/cat", 5);
        pictures("val/dog", 2);
        Obtained read = read();
        assertThat(read.split().train().size()).isEqualTo(6);
        assertThat(read.split().test().size()).isEqualTo(2);
        assertThat(read.warnings())
                .containsExactly("The folder val (7 pictures) is used neither for training nor for the test.");
    }

    @Test
    void listsBesideThePartsAreNamed() throws IOException {
        trainAndTest();
        Files.writeString(folder.resolve("train.txt"), "cat/0.png");
        assertThat(read().warnings()).singleElement().asString().contains("train.txt and test.txt are not used");
        assertThat(read().split().train().size()).isEqualTo(6);
    }

    @Test
    void classesOfOnePartOnlyAreNamed() throws IOException {
        trainAndTest();
        pictures("train/emu", 2);
        Files.createDirectories(folder.resolve("test/emu"));
        assertThat(read().warnings())
                .singleElement()
                .asString()
                .startsWith("No test picture has the class emu (1 of 3 classes)");
        pictures("test/Dog", 2);
        assertThatThrownBy(this::read)
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("class folders that train has not: Dog (1 of 4)");
    }

    /** A class may be called train: then there are pictures in its folder, not folders. */
    @Test
    void vehiclesAreClasses() throws IOException {
        pictures("train", 5);
        pictures("tram", 5);
        assertThat(read().split().train().classNames()).containsExactly("train", "tram");
    }

    @Test
    void partsThatAreNotClearAreRefused() throws IOException {
        pictures("train/cat", 2);
        pictures("train/dog", 2);
        assertThatThrownBy(this::read).hasMessageContaining("There is train but neither test nor val");
        pictures("test/cat", 2);
        pictures("Testing/cat", 2);
        assertThatThrownBy(this::read).hasMessageContaining("both Testing and test");
    }

    @Test
    void aShareOfWhatIsDividedIsRefused() throws IOException {
        trainAndTest();
        assertThatThrownBy(() -> FolderReader.read(
                        folder,
                        new FolderReader.Options(Optional.empty(), Optional.empty(), OptionalDouble.of(0.3), 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--test-share");
    }

    @Test
    void aShareDividesEachClass() throws IOException {
        pictures("cat", 10);
        pictures("dog", 2);
        pictures("emu", 1);
        Obtained read = FolderReader.read(
                folder, new FolderReader.Options(Optional.empty(), Optional.empty(), OptionalDouble.of(0.9), 1));
        assertThat(read.split().train().classSizes()).containsExactly(1, 1, 1);
        assertThat(read.split().test().classSizes()).containsExactly(9, 1, 0);
        assertThat(read.warnings()).singleElement().asString().startsWith("No test picture has the class emu");
    }

    private void trainAndTest() throws IOException {
        for (String name : new String[] {"cat", "dog"}) {
            pictures("train/" + name, 3);
            pictures("test/" + name, 1);
        }
    }

    private void pictures(String path, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            PictureFiles.write(PictureFiles.plain(2, 2, i), "png", folder.resolve(path + "/" + i + ".png"));
        }
    }

    private Obtained read() throws IOException {
        return FolderReader.read(folder, FolderReader.Options.DEFAULT);
    }
}
