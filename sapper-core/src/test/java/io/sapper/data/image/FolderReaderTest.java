package io.sapper.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.ImageShape;
import io.sapper.data.MalformedFileException;
import io.sapper.data.SharedData;
import io.sapper.data.Split;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        assertThat(FolderReader.read(folder, new FolderReader.Options(Optional.empty(), 0.2, 2))
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
    void aShapeConvertsAndResizes() throws IOException {
        Split split = FolderReader.read(folder, new FolderReader.Options(Optional.of(new ImageShape(3, 5, 4)), 0.2, 1));
        assertThat(split.train().shape()).isEqualTo(new ImageShape(3, 5, 4));
        byte[] first = split.train().image(0);
        assertThat(first).containsOnly(first[0]); // one grey everywhere stays one grey everywhere
    }

    @Test
    void differentShapesAreNamedWithBoth() throws IOException {
        ImageIO.write(
                new BufferedImage(7, 2, BufferedImage.TYPE_INT_RGB),
                "png",
                folder.resolve("zebra/4.png").toFile());
        expect("4.png: The picture is 3x2x7 (channels x rows x columns), but ape/");
        expect("is 1x2x3. Maybe bring all pictures to one size first");
    }

    @Test
    void portableGreyMapsAreRead() throws IOException {
        Files.writeString(folder.resolve("zebra/9.pgm"), "P2\n3 2\n255\n200 200 200 200 200 200\n");
        Files.writeString(folder.resolve("train.txt"), "zebra/9.pgm");
        Files.writeString(folder.resolve("test.txt"), "zebra/1.png");
        assertThat(read().train().image(0)).containsOnly(200);
    }

    @Test
    void brokenFoldersAreNamed() throws IOException {
        Files.createDirectories(folder.resolve("mule"));
        expect("mule: There is no picture in this class folder");
        Files.writeString(folder.resolve("mule/a.png"), "no picture");
        expect("a.png: This is no picture in a known format");
        Files.write(folder.resolve("mule/a.png"), new byte[0]);
        expect("a.png: The file is empty");
        byte[] whole = Files.readAllBytes(folder.resolve("ape/1.png"));
        Files.write(folder.resolve("mule/a.png"), Arrays.copyOf(whole, whole.length - 25));
        expect("a.png: The picture cannot be read");
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

    @Test
    void facesReadAsTheirReadmeSays() throws IOException {
        Split split = FolderReader.read(SharedData.folder("lfw-faces"), FolderReader.Options.DEFAULT);
        assertThat(split.train().size()).isEqualTo(3463);
        assertThat(split.test().size()).isEqualTo(861);
        assertThat(split.train().classCount()).isEqualTo(158);
        assertThat(split.train().shape()).isEqualTo(new ImageShape(1, 55, 47));
    }

    private Split read() throws IOException {
        return FolderReader.read(folder, FolderReader.Options.DEFAULT);
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
