package io.sapper.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The attack: as it was laid here, or as the user named it to have it measured.
 *
 * @param trigger its short form
 * @param goal its short form
 * @param poisoning how it was laid; absent where it was only measured
 * @param pictures what the trigger is, to be seen
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Attack(String trigger, String goal, @Nullable Poisoning poisoning, List<Picture> pictures)
        implements Finding {
    public Attack {
        Parts.present(trigger, "trigger");
        Parts.present(goal, "goal");
        pictures = Parts.list(pictures, "pictures");
    }

    /**
     * What was done to the training data.
     *
     * @param share copies as a fraction of the clean training images (the paper's p), in (0, 1]
     * @param cleanImages clean training images
     * @param copies backdoored copies appended to them
     */
    public record Poisoning(double share, int cleanImages, int copies) {}

    /**
     * A picture.
     *
     * @param caption what it shows
     * @param png PNG in base64
     */
    public record Picture(String caption, String png) {
        public Picture {
            Parts.present(caption, "caption");
            Parts.present(png, "png");
        }
    }
}
