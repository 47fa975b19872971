package io.sapper.data.detection;

/**
 * What a detector says stands in a photograph.
 *
 * @param box in pixels of the photograph
 * @param label its class
 * @param score how sure it is, in [0, 1]
 */
public record Detection(Box box, int label, double score) {}
