package io.sapper.result;

/**
 * A model file that was read or written.
 *
 * @param role {@code read} or {@code written}
 * @param name of the file
 * @param bytes its size
 * @param sha256 of the file, in hexadecimal
 */
public record ModelSummary(String role, String name, long bytes, String sha256) {
    /** A file that the run took in. */
    public static final String READ = "read";

    /** A file that the run made. */
    public static final String WRITTEN = "written";

    public ModelSummary {
        Parts.present(role, "role");
        Parts.present(name, "name");
        Parts.present(sha256, "sha256");
    }
}
