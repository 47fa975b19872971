package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.image.Framing;
import io.sapper.network.Preprocessing;
import org.junit.jupiter.api.Test;

class InputFormTest {
    @Test
    void aPresetAndSizesTogether() {
        InputForm form = InputForm.parse("imagenet,resize=256,crop=224x200");
        assertThat(form.numbers()).contains(Preprocessing.parse("imagenet"));
        Framing framing = form.framing().orElseThrow();
        assertThat(framing.scale()).isEqualTo(new Framing.Scale(new Framing.Extent(256, 256), true));
        assertThat(framing.crop()).isEqualTo(new Framing.Extent(224, 200));
        assertThat(InputForm.parse("crop=224x200, resize=256 ,imagenet")).isEqualTo(form);
    }

    /** Then the numbers are still a guess, which is tried. */
    @Test
    void sizesAloneSayNothingOfNumbers() {
        assertThat(InputForm.parse("resize=30x20").numbers()).isEmpty();
        assertThat(InputForm.parse("mean=0.5,std=0.25").framing()).isEmpty();
        assertThat(InputForm.parse("")).isEqualTo(InputForm.parse(""));
        assertThat(InputForm.parse("").numbers()).isEmpty();
    }

    @Test
    void whatIsNeitherIsSaid() {
        assertThatThrownBy(() -> InputForm.parse("imagenet,crop=big"))
                .hasMessageStartingWith("--input has 'crop=big' where a size is expected");
        assertThatThrownBy(() -> InputForm.parse("imagenet,size=3")).hasMessageContaining("resize=, crop= is expected");
        assertThatThrownBy(() -> InputForm.parse("crop=3,,")).hasMessageStartingWith("--input ','");
    }
}
