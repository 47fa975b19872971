package io.sapper.data;

/**
 * A data set with its own division: nothing is ever chosen on {@code test}.
 *
 * @param train what a network may be trained on
 * @param test what reported numbers come from
 * @param synthetic whether the images were made by a program because no real ones could be had
 */
public record Split(Dataset train, Dataset test, boolean synthetic) {}
