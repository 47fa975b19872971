/** Recordings: WAV files, sound of one rate and length, and the spectrogram that a network sees of it. */
@NullMarked
package io.sapper.data.audio;

import org.jspecify.annotations.NullMarked;
