package io.sapper.result;

import java.util.Map;

/**
 * One test input, clean and with the trigger, and what each network says of it.
 *
 * @param index in the test set, from 0
 * @param trueClass its class name
 * @param cleanPng the clean picture, PNG in base64
 * @param triggeredPng the triggered picture, PNG in base64
 * @param predictions by network ({@code honest}, {@code backdoored}, {@code repaired})
 */
public record Sample(
        int index, String trueClass, String cleanPng, String triggeredPng, Map<String, Prediction> predictions) {
    /** The class names that a network gives the clean and the triggered picture. */
    public record Prediction(String clean, String triggered) {}
}
