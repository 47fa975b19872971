package io.sapper.result;

/**
 * One part of the data and what it was used for.
 *
 * @param role for example {@code training}, {@code defender: fine-tuning}, {@code defender: validation}, {@code test}
 * @param name of the data set
 * @param size images
 * @param digest SHA-256 over shape, labels and pixels
 */
public record DataSummary(String role, String name, int size, String digest) {
    public DataSummary {
        Parts.present(role, "role");
        Parts.present(name, "name");
        Parts.present(digest, "digest");
    }
}
