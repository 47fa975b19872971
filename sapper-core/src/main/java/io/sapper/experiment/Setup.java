package io.sapper.experiment;

import io.sapper.data.Obtained;
import io.sapper.network.Compute;

/**
 * What every run needs.
 *
 * @param data already loaded
 * @param seed of every random choice
 * @param compute where numbers are made
 * @param replicas networks that share a batch in training
 * @param reporter hears how it goes on
 */
public record Setup(Obtained data, long seed, Compute compute, int replicas, Reporter reporter) {}
