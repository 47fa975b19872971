package io.sapper.result;

/**
 * Where a run was made.
 *
 * @param sapper version
 * @param java version and vendor
 * @param libtorch version
 * @param platform operating system and architecture
 * @param processor name and count of cores, as far as known
 * @param device {@code cpu} or {@code cuda}
 * @param threads used by libtorch
 * @param peakMemoryBytes largest resident size of the process so far; 0 where unknown
 * @param finishedAt ISO-8601, UTC
 */
public record Environment(
        String sapper,
        String java,
        String libtorch,
        String platform,
        String processor,
        String device,
        int threads,
        long peakMemoryBytes,
        String finishedAt) {
    public Environment {
        Parts.present(sapper, "sapper");
        Parts.present(java, "java");
        Parts.present(libtorch, "libtorch");
        Parts.present(platform, "platform");
        Parts.present(processor, "processor");
        Parts.present(device, "device");
        Parts.present(finishedAt, "finishedAt");
    }
}
