package io.sapper.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.data.Obtained;
import io.sapper.data.Once;
import io.sapper.data.Split;
import io.sapper.data.audio.Recordings;
import io.sapper.data.audio.Spectrogram;
import io.sapper.network.Compute;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VictimsTest {
    private static final Dataset SMALL = data(64);

    @Test
    void thePapersNetworkIsNotTrainedOnSmallerImagesInSilence() {
        Victim paper = Victims.speech(Scale.PAPER);
        assertThatThrownBy(() -> paper.check(SMALL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("speech-alexnet is meant for 512x512, but voices is read as 64x64")
                .hasMessageContaining("--size 512");
        paper.check(data(512));
        Victims.speech(Scale.SMALL).check(SMALL);
        assertThat(paper.training().apply(2)).isEqualTo(Recipes.speechOfThePaper(2));
        assertThat(Victims.speech(Scale.SMALL).training().apply(2)).isEqualTo(Recipes.speech(2));
    }

    @Test
    void facesAreNotHeard() {
        assertThatThrownBy(() -> Victims.face(Scale.SMALL).check(SMALL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("fine-pruning.face is about pictures, but voices has recordings. Leave --data out to take"
                        + " lfw-faces.");
        Dataset picture =
                new Dataset("faces", new ImageShape(1, 64, 64), new byte[64 * 64], new int[1], List.of("0", "1"));
        assertThatThrownBy(() -> Victims.speech(Scale.SMALL).check(picture))
                .hasMessageStartingWith("fine-pruning.speech is about recordings, but faces has images.");
        Victims.face(Scale.SMALL).check(picture);
    }

    private static final String LIVE =
            "The pruning-aware attack on faces leaves 30 of 60 channels live; the released weights have 10.";

    @Test
    void whatStandsInIsNamedAndThePapersOwnIsNot() {
        assertThat(Victims.face(Scale.SMALL).deviations("LFW", 158))
                .containsExactly(
                        "The data of face are LFW; the paper's are YouTube Aligned Faces, 1,283 persons with"
                                + " 100 colour pictures each.",
                        LIVE);
        assertThat(Victims.face(Scale.SMALL).deviations("YouTube", 1_283)).containsExactly(LIVE);
        assertThat(Victims.speech(Scale.SMALL).deviations("FSDD", 10)).hasSize(2);
        assertThat(Victims.speech(Scale.PAPER).deviations("FSDD", 10)).hasSize(1);
    }

    @Test
    void otherDataAreLoadedOnceAndHeardOf() throws IOException {
        List<String> loads = new ArrayList<>();
        List<String> heard = new ArrayList<>();
        Obtained data = new Obtained(new Split(SMALL, SMALL, false), "a test", List.of());
        Setup setup = new Setup(
                        data,
                        1,
                        Compute.CPU,
                        1,
                        Reporter.SILENT,
                        new Once(1),
                        name -> {
                            loads.add(name);
                            return data;
                        },
                        List.of())
                .loadingOnce((name, loaded) -> heard.add(name));
        for (long seed = 1; seed <= 3; seed++) {
            assertThat(setup.withSeed(seed).loader().load("voices")).isSameAs(data);
        }
        assertThat(loads).containsExactly("voices");
        assertThat(heard).containsExactly("voices");
    }

    private static Dataset data(int size) {
        Spectrogram seen = new Spectrogram(new ImageShape(1, size, size), 8000, 8000);
        return new Dataset("voices", new Recordings(seen, new short[8000]), new int[1], List.of("0", "1"));
    }
}
