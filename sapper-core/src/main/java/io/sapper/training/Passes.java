package io.sapper.training;

/** One way to hear of several passes over data, one after another, as of a whole. */
public final class Passes {
    private final Progress whole;
    private final long total;
    private long before;

    /** @param total images of all passes together */
    public Passes(Progress whole, long total) {
        this.whole = whole;
        this.total = total;
    }

    /** Hears the next pass, over {@code images} images. */
    public Progress next(long images) {
        long begin = before;
        before += images;
        return new Progress() {
            @Override
            public void step(long done, long all) {
                whole.step(begin + done, total);
            }
        };
    }
}
