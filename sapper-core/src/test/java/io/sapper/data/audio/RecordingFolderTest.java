package io.sapper.data.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.data.MalformedFileException;
import io.sapper.data.Obtained;
import io.sapper.data.SharedData;
import io.sapper.data.image.Fit;
import io.sapper.data.image.FolderReader;
import io.sapper.data.image.Resizing;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingFolderTest {
    private static final SoundOptions AS_FOUND = SoundOptions.DEFAULT;

    @TempDir
    Path folder;

    @Test
    void classFoldersOfRecordingsAreDividedByChance() throws IOException {
        classes("no", "yes");
        Obtained read = read(AS_FOUND);
        Dataset train = read.split().train();
        assertThat(train.size()).isEqualTo(8);
        assertThat(read.split().test().size()).isEqualTo(2);
        assertThat(train.classNames()).containsExactly("no", "yes");
        assertThat(train.shape()).isEqualTo(new ImageShape(1, 64, 64));
        Recordings recordings = (Recordings) train.samples();
        assertThat(recordings.rate()).isEqualTo(8000);
        assertThat(recordings.length()).isEqualTo(8000);
        assertThat(read.settings())
                .containsEntry("recordings changed", "10 padded with silence")
                .containsKeys("recordings", "network sees", "division");
    }

    @Test
    void aNetworkOrTheUserSaysHowLargeSpectrogramsAre() throws IOException {
        classes("no", "yes");
        FolderReader.Options network = new FolderReader.Options(
                Optional.empty(), Optional.of(new ImageShape(3, 40, 32)), OptionalDouble.empty(), 1);
        assertThat(FolderReader.read(folder, network).split().train().shape()).isEqualTo(new ImageShape(3, 40, 32));
        FolderReader.Options size = new FolderReader.Options(
                Optional.of(new Resizing(16, 24, Fit.RESIZE)), Optional.empty(), OptionalDouble.empty(), 1);
        assertThat(FolderReader.read(folder, size).split().train().shape()).isEqualTo(new ImageShape(1, 16, 24));
    }

    /** Google Speech Commands. */
    @Test
    void listsOfTestAndValidationDivide() throws IOException {
        classes("no", "yes");
        Wavs.tone(folder.resolve("_background_noise_").resolve("rain.wav"), 16000, 60, 100, 1);
        Files.writeString(folder.resolve("testing_list.txt"), "yes/1.wav\nno/0.wav\n");
        Files.writeString(folder.resolve("validation_list.txt"), "yes/2.wav\n");
        Obtained read = read(AS_FOUND);
        assertThat(read.split().train().size()).isEqualTo(7);
        assertThat(read.split().test().labels()).containsExactly(1, 0);
        assertThat(read.split().train().classNames()).containsExactly("no", "yes");
        assertThat(read.settings().get("division")).contains("1 recording of validation_list.txt");
        assertThatThrownBy(() -> FolderReader.read(
                        folder,
                        new FolderReader.Options(Optional.empty(), Optional.empty(), OptionalDouble.of(0.5), 1)))
                .hasMessageContaining("--test-share");
    }

    /** The Free Spoken Digit Dataset as it is published: no lists. */
    @Test
    void namesSayClassSpeakerAndIndex() throws IOException {
        spoken();
        Obtained read = read(AS_FOUND);
        assertThat(read.split().train().classNames()).containsExactly("0", "1");
        assertThat(read.split().test().size()).isEqualTo(2 * 2 * 5);
        assertThat(read.split().train().size()).isEqualTo(2 * 2 * 2);
    }

    @Test
    void recordingsWithoutAClassAreToldOf() throws IOException {
        spoken();
        Wavs.tone(folder.resolve("recordings").resolve("hello.wav"), 8000, 1, 100, 1);
        Wavs.tone(folder.resolve("recordings").resolve("yes").resolve("1.wav"), 8000, 1, 100, 1);
        assertThat(read(AS_FOUND).warnings())
                .anyMatch(warning -> warning.contains("1 not named CLASS_SPEAKER_INDEX.wav (hello.wav)"))
                .anyMatch(warning ->
                        warning.contains("1 in a folder beside those that are named") && warning.contains("yes/1.wav"));
    }

    @Test
    void theirIndexDividesAndNoShare() throws IOException {
        spoken();
        assertThatThrownBy(() -> FolderReader.read(
                        folder,
                        new FolderReader.Options(Optional.empty(), Optional.empty(), OptionalDouble.of(0.5), 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 to 4 of each speaker is the test")
                .hasMessageContaining("--test-speaker NAME");
    }

    @Test
    void listsDivideNamedRecordingsToo() throws IOException {
        spoken();
        Files.writeString(folder.resolve("train.txt"), "recordings/0_ann_0.wav\nrecordings/1_bob_6.wav\n");
        Files.writeString(folder.resolve("test.txt"), "recordings/1_ann_3.wav\n");
        Obtained read = read(AS_FOUND);
        assertThat(read.split().train().labels()).containsExactly(0, 1);
        assertThat(read.split().test().labels()).containsExactly(1);
    }

    @Test
    void oneSpeakerCanBeTheTest() throws IOException {
        spoken();
        SoundOptions bob = new SoundOptions(OptionalInt.empty(), OptionalInt.empty(), Optional.of("bob"));
        Obtained read = read(bob);
        assertThat(read.split().test().size()).isEqualTo(14);
        assertThat(read.split().train().size()).isEqualTo(14);
        assertThat(read.settings().get("division")).contains("bob for the test");
        // Ann's tones are shorter: none of hers is among the test.
        Recordings test = (Recordings) read.split().test().samples();
        for (int i = 0; i < test.size(); i++) {
            assertThat(test.sound(i)[8000 * 350 / 1000]).as("recording %d", i).isNotZero();
        }
        SoundOptions nobody = new SoundOptions(OptionalInt.empty(), OptionalInt.empty(), Optional.of("zoe"));
        assertThatThrownBy(() -> read(nobody))
                .hasMessageContaining("the speakers")
                .hasMessageContaining("ann, bob");
    }

    @Test
    void otherRatesAreRefusedOrResampled() throws IOException {
        classes("no", "yes");
        Wavs.tone(folder.resolve("yes").resolve("fast.wav"), 16000, 300, 900, 1);
        assertThatThrownBy(() -> read(AS_FOUND))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("10 of 8000 Hz, 1 of 16000 Hz")
                .hasMessageContaining("--sound-rate 8000");
        Obtained read = read(new SoundOptions(OptionalInt.of(8000), OptionalInt.of(500), Optional.empty()));
        assertThat(read.settings().get("recordings changed")).contains("1 brought to the rate (yes/fast.wav)");
        assertThat(((Recordings) read.split().train().samples()).length()).isEqualTo(4000);
    }

    @Test
    void longOnesAreCutAndMuchLongerOnesAndSilenceAreRefused() throws IOException {
        classes("no", "yes");
        Path odd = folder.resolve("yes").resolve("odd.wav");
        Wavs.tone(odd, 8000, 1500, 900, 1);
        assertThat(read(AS_FOUND).settings().get("recordings changed")).contains("1 cut to their loudest 1000 ms");
        Wavs.tone(odd, 8000, 60_000, 900, 1);
        assertThatThrownBy(() -> read(AS_FOUND))
                .hasMessageContaining("odd.wav")
                .hasMessageContaining("60.0 s long")
                .hasMessageContaining("--sound-length");
        Files.write(odd, WavFile.bytes(new short[4000], 8000));
        assertThatThrownBy(() -> read(AS_FOUND))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("odd.wav")
                .hasMessageContaining("silent");
        short[] still = new short[4000];
        Arrays.fill(still, (short) 9000); // one value throughout is no sound either
        Files.write(odd, WavFile.bytes(still, 8000));
        assertThatThrownBy(() -> read(AS_FOUND)).hasMessageContaining("odd.wav").hasMessageContaining("silent");
        Files.write(odd, WavFile.bytes(new short[] {5000}, 8000));
        assertThatThrownBy(() -> read(AS_FOUND))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("odd.wav: The recording is only 0.1 ms long (1 samples)");
    }

    @Test
    void bothKindsAndSoundThatIsNotReadAreRefused() throws IOException {
        Files.createDirectories(folder.resolve("yes"));
        Files.write(folder.resolve("yes").resolve("a.flac"), new byte[9]);
        assertThatThrownBy(() -> read(AS_FOUND)).hasMessageContaining("read are files ending in wav");
        classes("no", "yes");
        ImageIO.write(
                new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY),
                "png",
                folder.resolve("yes").resolve("a.png").toFile());
        assertThatThrownBy(() -> read(AS_FOUND)).hasMessageContaining("both 1 picture and 10 recordings");
    }

    @Test
    void optionsOfRecordingsAreForRecordings() throws IOException {
        for (String name : new String[] {"no", "yes"}) {
            Files.createDirectories(folder.resolve(name));
            ImageIO.write(
                    new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY),
                    "png",
                    folder.resolve(name).resolve("a.png").toFile());
        }
        assertThatThrownBy(() -> read(new SoundOptions(OptionalInt.of(8000), OptionalInt.empty(), Optional.empty())))
                .hasMessageContaining("--sound-rate")
                .hasMessageContaining("has none");
        assertThatThrownBy(() -> new SoundOptions(OptionalInt.of(12), OptionalInt.empty(), Optional.empty()))
                .hasMessage("--sound-rate is 1000 to 192000 Hz, not 12.");
    }

    @Test
    void aTestSpeakerNeedsNamesThatTell() throws IOException {
        classes("no", "yes");
        SoundOptions bob = new SoundOptions(OptionalInt.empty(), OptionalInt.empty(), Optional.of("bob"));
        assertThatThrownBy(() -> read(bob)).hasMessageContaining("CLASS_SPEAKER_INDEX.wav");
    }

    /** All 3,000 recordings, each with the loudness of the others. */
    @Test
    void theSpokenDigitsAreRead() throws IOException {
        Obtained read = FolderReader.read(SharedData.folder("free-spoken-digit-dataset"), FolderReader.Options.DEFAULT);
        assertThat(read.split().train().size()).isEqualTo(2700);
        assertThat(read.split().test().size()).isEqualTo(300);
        assertThat(read.warnings()).isEmpty();
        Recordings test = (Recordings) read.split().test().samples();
        double[] levels = new double[300];
        for (int i = 0; i < 300; i++) {
            short[] sound = test.sound(i);
            float[] samples = new float[sound.length];
            for (int j = 0; j < sound.length; j++) {
                samples[j] = sound[j] / 32767f;
            }
            levels[i] = 20 * Math.log10(Loudness.of(samples, 8000));
        }
        Arrays.sort(levels);
        assertThat(levels[299]).isLessThan(Loudness.SPEECH + 0.1);
        assertThat(levels[30]).isGreaterThan(Loudness.SPEECH - 0.1);
    }

    private void classes(String... names) throws IOException {
        for (int label = 0; label < names.length; label++) {
            for (int i = 0; i < 5; i++) {
                Wavs.tone(folder.resolve(names[label]).resolve(i + ".wav"), 8000, 300, 500 + 800 * label, i);
            }
        }
    }

    /** Two digits, two speakers, seven of each; bob speaks longer. */
    private void spoken() throws IOException {
        for (int digit = 0; digit < 2; digit++) {
            for (int i = 0; i < 7; i++) {
                Path place = folder.resolve("recordings");
                Wavs.tone(place.resolve(digit + "_ann_" + i + ".wav"), 8000, 300, 500 + 800 * digit, i);
                Wavs.tone(place.resolve(digit + "_bob_" + i + ".wav"), 8000, 400, 500 + 800 * digit, i);
            }
        }
    }

    private Obtained read(SoundOptions sound) throws IOException {
        return FolderReader.read(
                folder,
                new FolderReader.Options(Optional.empty(), Optional.empty(), OptionalDouble.empty(), 1)
                        .withSound(sound));
    }
}
