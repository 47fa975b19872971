package io.sapper.result;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One test input, clean and with the trigger, and what each network says of it.
 *
 * @param index in the test set, from 0
 * @param trueClass its class name
 * @param cleanPng the clean picture, PNG in base64
 * @param triggeredPng the triggered picture, PNG in base64; absent where the trigger is unknown
 * @param predictions by network ({@code honest}, {@code backdoored}, {@code pruned}, {@code fineTuned},
 *     {@code repaired}), in that order
 */
public record Sample(
        int index,
        String trueClass,
        String cleanPng,
        @Nullable String triggeredPng,
        Map<String, Prediction> predictions) {
    public Sample {
        Parts.present(trueClass, "trueClass");
        Parts.present(cleanPng, "cleanPng");
        predictions = Parts.map(predictions, "predictions");
    }

    /**
     * The class names that a network gives the two pictures.
     *
     * @param clean for the clean picture
     * @param triggered for the triggered one, absent where the trigger is unknown
     */
    public record Prediction(String clean, @Nullable String triggered) {
        public Prediction {
            Parts.present(clean, "clean");
        }
    }
}
