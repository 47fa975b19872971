package io.sapper.data.detection;

/**
 * What stands where in a photograph.
 *
 * @param box within the photograph, with an area
 * @param label its class, 0 or more
 */
public record LabelledBox(Box box, int label) {}
