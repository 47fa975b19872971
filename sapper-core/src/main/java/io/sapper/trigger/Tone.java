package io.sapper.trigger;

/**
 * A short tone of one frequency.
 *
 * @param frequency in Hz, 1 to 96,000
 * @param burst level and place
 */
public record Tone(int frequency, Burst burst) implements SoundTrigger {
    static final String NAME = "tone";
    static final Tone USUAL = new Tone(2_000, new Burst(-10, 0, 100));

    public Tone {
        if (frequency < 1 || frequency > 96_000) {
            throw new IllegalArgumentException("A tone has 1 to 96000 Hz, not " + frequency + ".");
        }
    }

    @Override
    public void check(int rate) {
        if (2L * frequency > rate) {
            throw new IllegalArgumentException("The trigger " + spec() + " needs recordings of more than "
                    + 2L * frequency + " Hz, not of " + rate + ". Choose a lower frequency=.");
        }
    }

    @Override
    public float[] sound(int rate) {
        double[] wave = new double[burst.samples(rate)];
        for (int i = 0; i < wave.length; i++) {
            wave[i] = StrictMath.sin(2 * StrictMath.PI * frequency * i / rate);
        }
        return burst.shaped(wave, rate);
    }

    @Override
    public String spec() {
        return NAME + ":frequency=" + frequency + "," + burst.spec();
    }
}
