package io.sapper.network.detection;

import io.sapper.data.detection.Canvas;

/**
 * What proposals and regions are made of.
 *
 * @param tensor its name
 * @param channels of it
 * @param rows of it
 * @param columns of it
 * @param stride pixels of the canvas from one place to the next
 * @param canvas that photographs lie on
 */
record FeatureMap(String tensor, int channels, int rows, int columns, int stride, Canvas canvas) {}
