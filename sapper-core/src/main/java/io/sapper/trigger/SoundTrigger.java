package io.sapper.trigger;

import io.sapper.data.Dataset;
import io.sapper.data.Samples;
import io.sapper.data.audio.Recordings;

/** A trigger on recordings: a sound that is added, always the same, before any spectrogram. */
public interface SoundTrigger extends Trigger {
    /** The sound, at {@code rate} Hz: amplitudes, 1 is full scale. */
    float[] sound(int rate);

    /** Level, place and length of the sound. */
    Burst burst();

    /** Throws {@code IllegalArgumentException}, naming the frequency, if recordings of this rate cannot hold it. */
    void check(int rate);

    @Override
    default void check(Dataset data) {
        if (!(data.samples() instanceof Recordings recordings)) {
            throw new IllegalArgumentException("The trigger " + spec() + " goes on recordings, but " + data.name()
                    + " has " + data.samples().noun()
                    + ". On those go pixel, pattern, sticker, warp, sunglasses and those for signs (--trigger).");
        }
        check(recordings.rate());
        if (burst().end() > recordings.milliseconds()) {
            throw new IllegalArgumentException("The trigger " + spec() + " ends at " + burst().end()
                    + " ms, but the recordings of " + data.name() + " are " + recordings.milliseconds()
                    + " ms long. Choose an earlier at= or a smaller length=.");
        }
    }

    @Override
    default Samples on(Samples clean) {
        Recordings recordings = (Recordings) clean;
        return recordings.with(sound(recordings.rate()), burst().start(recordings.rate()));
    }
}
