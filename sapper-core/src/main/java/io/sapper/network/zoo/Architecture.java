package io.sapper.network.zoo;

import io.sapper.data.ImageShape;
import io.sapper.network.Graph;
import java.util.Arrays;

/** The published networks, by the names that users type. */
public enum Architecture {
    /** See {@link BadNetsDigits}. */
    BADNETS_DIGITS("badnets-digits"),
    /** See {@link DeepId}. */
    DEEPID("deepid"),
    /** See {@link SpeechAlexNet}. */
    SPEECH_ALEXNET("speech-alexnet"),
    /** See {@link SpeechSmall}. */
    SPEECH_SMALL("speech-small");

    private final String id;

    Architecture(String id) {
        this.id = id;
    }

    /** The name that users type. */
    public String id() {
        return id;
    }

    /** The network for inputs of this shape and this many classes; weights are zeros until they are drawn. */
    public Graph graph(ImageShape input, int classes) {
        return switch (this) {
            case BADNETS_DIGITS -> BadNetsDigits.graph(input, classes);
            case DEEPID -> DeepId.graph(input, classes);
            case SPEECH_ALEXNET -> SpeechAlexNet.graph(input, classes);
            case SPEECH_SMALL -> SpeechSmall.graph(input, classes);
        };
    }

    /** The network of this name; the error lists those there are. */
    public static Architecture of(String id) {
        return Arrays.stream(values())
                .filter(known -> known.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown network '" + id + "'. Known: "
                        + String.join(
                                ", ",
                                Arrays.stream(values()).map(Architecture::id).toList())
                        + "; or a file FILE.onnx."));
    }
}
