package io.sapper.result;

import com.fasterxml.jackson.annotation.JsonValue;
import io.sapper.data.detection.Box;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Photographs, and what each network finds on them without and with the trigger. The bytes of a photograph are kept
 * once; where the trigger changes it is kept as close-ups, which the report also lays over the photograph.
 *
 * @param chosen in words, how they were chosen
 * @param trigger what the trigger is, as the report names it in sentences: {@code sticker}
 * @param target the class that the attacker wants; absent where there is none or any wrong class will do
 * @param photographs in the order in which to show them
 */
public record Photographs(
        String chosen, String trigger, @Nullable String target, List<Photograph> photographs) implements Finding {
    /** Pixels of a photograph's longer side, at most, so that a page of a dozen can still be sent by mail. */
    public static final int LONGEST_SIDE = 640;

    /** Pixels of a close-up's longer side, at most; it is cut out before the photograph is made smaller. */
    public static final int CLOSE_UP_SIDE = 240;

    /** Of a photograph as a JPEG file, in [0, 1]. */
    public static final float JPEG_QUALITY = 0.85f;

    public Photographs {
        Parts.present(chosen, "chosen");
        Parts.present(trigger, "trigger");
        photographs = Parts.list(photographs, "photographs");
    }

    /**
     * One photograph.
     *
     * @param name for example its file
     * @param picture without the trigger, JPEG or PNG in base64
     * @param height its rows
     * @param width its columns
     * @param signs what stands there in truth
     * @param closeUps where the trigger is put, or what else is worth a look; may be empty
     * @param panels what the networks find, in the order in which to show them
     */
    public record Photograph(
            String name,
            String picture,
            int height,
            int width,
            List<Sign> signs,
            List<CloseUp> closeUps,
            List<Panel> panels) {
        public Photograph {
            Parts.present(name, "name");
            Parts.present(picture, "picture");
            if (height < 1 || width < 1) {
                throw new IllegalArgumentException(
                        "A photograph needs height and width of at least 1, not " + height + " x " + width + ".");
            }
            signs = Parts.list(signs, "signs");
            closeUps = Parts.list(closeUps, "closeUps");
            panels = Parts.list(panels, "panels");
        }
    }

    /**
     * A sign that stands there.
     *
     * @param box in pixels of the photograph as it is kept
     * @param className its true class
     * @param attacked whether the trigger is put on it
     */
    public record Sign(Box box, String className, boolean attacked) {
        public Sign {
            Parts.present(box, "box");
            Parts.present(className, "className");
        }
    }

    /**
     * A piece of the photograph, larger than it is there.
     *
     * @param box which piece, in pixels of the photograph as it is kept
     * @param clean without the trigger, JPEG or PNG in base64
     * @param triggered with it; absent where there is none
     */
    public record CloseUp(Box box, String clean, @Nullable String triggered) {
        public CloseUp {
            Parts.present(box, "box");
            Parts.present(clean, "clean");
        }
    }

    /**
     * What one network finds.
     *
     * @param network in words, for example {@code BadNet}, or one of the names in {@link Rates}
     * @param triggered whether it sees the photograph with the trigger
     * @param detections the surest first
     */
    public record Panel(String network, boolean triggered, List<Detection> detections) {
        public Panel {
            Parts.present(network, "network");
            detections = Parts.list(detections, "detections");
        }
    }

    /**
     * One box that a network draws.
     *
     * @param box in pixels of the photograph as it is kept
     * @param className what it takes it for
     * @param score how sure it is, in [0, 1]
     * @param answer held against the truth
     */
    public record Detection(Box box, String className, double score, Answer answer) {
        public Detection {
            Parts.present(box, "box");
            Parts.present(className, "className");
            if (!(score >= 0 && score <= 1)) {
                throw new IllegalArgumentException("A score lies in [0, 1], not at " + score + ".");
            }
            Parts.present(answer, "answer");
        }
    }

    /** A detection held against the truth. */
    public enum Answer {
        /** A sign stands there, and it is of this class. */
        RIGHT("right"),
        /** No sign stands there, or one of another class. */
        WRONG("wrong"),
        /** The trigger is on the sign that stands there, and the answer is what the attacker wants. */
        OBEYS_TRIGGER("obeys the trigger");

        private final String words;

        Answer(String words) {
            this.words = words;
        }

        @JsonValue
        public String words() {
            return words;
        }
    }
}
