package io.sapper.poison;

import io.sapper.data.Dataset;

/** A poisoned training set and what was done to get it. */
public final class Poisoned {
    private final Dataset data;
    private final int[] sourceIndices;

    Poisoned(Dataset data, int[] sourceIndices) {
        this.data = data;
        this.sourceIndices = sourceIndices;
    }

    /** The clean images, untouched and in their order, then the backdoored copies with the attacker's labels. */
    public Dataset data() {
        return data;
    }

    /** For each appended copy, in order, which clean image it was made of; copied. */
    public int[] sourceIndices() {
        return sourceIndices.clone();
    }

    /** Number of appended copies. */
    public int copies() {
        return sourceIndices.length;
    }

    /** Number of clean images before them. */
    public int cleanSize() {
        return data.size() - sourceIndices.length;
    }

    /** The share that was reached: copies per clean image (the paper's p). */
    public double p() {
        return (double) copies() / cleanSize();
    }
}
