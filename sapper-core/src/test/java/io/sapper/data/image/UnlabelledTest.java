package io.sapper.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.Catalogue;
import io.sapper.data.Listener;
import io.sapper.data.MalformedFileException;
import io.sapper.data.Obtained;
import io.sapper.data.Surroundings;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnlabelledTest {
    @TempDir
    Path folder;

    @Test
    void picturesDirectlyInTheFolder() throws IOException {
        pictures("", 10);
        Files.writeString(folder.resolve("notes.txt"), "about");
        pictures(".hidden", 3);
        Obtained data = read(true);
        assertThat(data.split().train().size()).isEqualTo(8);
        assertThat(data.split().test().size()).isEqualTo(2);
        assertThat(data.split().train().classNames()).containsExactly("unlabelled");
        assertThat(data.settings())
                .containsEntry("classes", "not told by folders; 10 pictures found in and below the folder");
        assertThatThrownBy(() -> read(false))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("for pictures without classes, add --labels model to 'audit'");
    }

    @Test
    void picturesInFoldersOfAnyDepth() throws IOException {
        pictures("", 4);
        pictures("holiday/2020/june", 6);
        assertThat(read(true).split().train().size()).isEqualTo(8);
        assertThatThrownBy(() -> read(false))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("only one class folder, holiday")
                .hasMessageContaining("--labels model");
    }

    @Test
    void foldersForTrainingAndTestDivide() throws IOException {
        pictures("train", 7);
        pictures("val", 3);
        Obtained data = read(true);
        assertThat(data.split().train().size()).isEqualTo(7);
        assertThat(data.split().test().size()).isEqualTo(3);
    }

    /** Folders that could be classes are: their names are worth keeping, and each is divided. */
    @Test
    void classFoldersStayClasses() throws IOException {
        pictures("ape", 5);
        pictures("zebra", 10);
        assertThat(read(true).split().train().digest())
                .isEqualTo(read(false).split().train().digest());
        assertThat(read(true).split().train().classNames()).containsExactly("ape", "zebra");
    }

    /** Where nobody asks for classes, there need not be two pictures of each. */
    @Test
    void onePictureInEachFolderIsNoClass() throws IOException {
        for (int i = 0; i < 20; i++) {
            pictures("sign" + i, 1);
        }
        Obtained data = read(true);
        assertThat(data.split().train().size()).isEqualTo(16);
        assertThat(data.split().test().size()).isEqualTo(4);
        assertThatThrownBy(() -> read(false)).hasMessageContaining("20 pictures, one for each of 20 classes");
    }

    @Test
    void onePictureAloneCannotBeDivided() throws IOException {
        pictures("", 1);
        assertThatThrownBy(() -> read(true))
                .hasMessageContaining(
                        "There is only one picture, so that none is left for the test set. Give at least two;"
                                + " an audit needs 50");
    }

    /** Else the deeper ones would be left out, which nobody who has no classes expects. */
    @Test
    void picturesDeeperThanClassesAreReadToo() throws IOException {
        pictures("ape", 5);
        pictures("zebra", 5);
        pictures("zebra/young", 3);
        Obtained data = read(true);
        assertThat(data.split().train().size() + data.split().test().size()).isEqualTo(13);
        assertThat(data.split().train().classNames()).containsExactly("unlabelled");
    }

    @Test
    void aFolderWithoutPicturesIsSaid() throws IOException {
        Files.writeString(folder.resolve("a.txt"), "a");
        assertThatThrownBy(() -> read(true))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("There is no picture in it or below it");
    }

    private Obtained read(boolean unlabelled) throws IOException {
        Surroundings nowhere = new Surroundings(
                Optional.empty(), folder.resolve("cache"), List.of(), List.of(), Duration.ofSeconds(1));
        return Catalogue.load(
                folder.toString(),
                new FolderReader.Options(Optional.empty(), Optional.empty(), OptionalDouble.empty(), 1, unlabelled),
                nowhere,
                Listener.SILENT);
    }

    private void pictures(String below, int count) throws IOException {
        Path place = Files.createDirectories(folder.resolve(below));
        for (int i = 0; i < count; i++) {
            BufferedImage picture = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY);
            picture.getRaster().setSample(i % 3, 0, 0, 200);
            ImageIO.write(picture, "png", place.resolve(i + ".png").toFile());
        }
    }
}
