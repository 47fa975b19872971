package io.sapper.data.detection;

import io.sapper.data.image.Picture;

/** What is done to a photograph after it was read, at its own size: nothing, as a rule; or an attacker's sticker. */
public interface Retouch {
    /** The photograph as it was read. */
    Retouch NONE = new Retouch() {
        @Override
        public Picture of(Picture read) {
            return read;
        }

        @Override
        public String text() {
            return "";
        }
    };

    /** The same photograph, changed; equal photographs become equal ones. */
    Picture of(Picture read);

    /** All that decides what it does, as a text; empty where it does nothing. */
    String text();
}
