package io.sapper.cli;

import io.sapper.data.image.Framing;
import io.sapper.network.Graph;
import io.sapper.network.Input;
import io.sapper.network.Preprocessing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code --input} says: how pictures become numbers, and how they get to the network's size.
 *
 * @param numbers empty where nothing is said of them
 * @param framing empty where nothing is said of sizes
 * @param keys of the settings that are there, in small letters; an empty one stands for a preset
 */
record InputForm(Optional<Preprocessing> numbers, Optional<Framing> framing, Set<String> keys) {
    InputForm {
        keys = Set.copyOf(keys);
    }

    /** Reads it, for example {@code imagenet,resize=256,crop=224}; an empty text says nothing. */
    static InputForm parse(String text) {
        List<String> rest = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        @Nullable Framing framing = null;
        for (String part : text.split(",", -1)) {
            int at = part.indexOf('=');
            String key = at < 0 ? "" : part.substring(0, at).strip().toLowerCase(Locale.ROOT);
            keys.add(key);
            if (key.equals("resize") || key.equals("crop")) {
                framing = Framing.with(framing, key, part.substring(at + 1));
            } else {
                rest.add(part);
            }
        }
        boolean nothing = text.isEmpty() || rest.isEmpty();
        return new InputForm(
                nothing ? Optional.empty() : Optional.of(Preprocessing.parse(String.join(",", rest))),
                Optional.ofNullable(framing),
                keys);
    }

    /**
     * What was said, and for the rest what the network's input tells for certain.
     *
     * @throws IllegalArgumentException if one contradicts the other: neither is passed over in silence
     */
    Preprocessing of(Graph own) {
        Input input = own.inputs().get(0);
        Preprocessing wanted = numbers.orElse(Preprocessing.UNIT);
        if (keys.contains("layout") && (wanted.channelsLast() ? input.channelsFirst() : input.channelsLast())) {
            throw contradiction(
                    input,
                    "layout=" + (wanted.channelsLast() ? "nhwc" : "nchw"),
                    "whose channels stand " + (wanted.channelsLast() ? "before the rows" : "behind the columns")
                            + ". Leave layout= out.");
        }
        if (!input.type().real() && numbers.isPresent() && saysNumbers() && !wanted.isBytes()) {
            throw contradiction(
                    input,
                    wanted.name(),
                    "which are whole numbers (" + input.type().id()
                            + "): 0 to 255. Say raw255, or nothing of numbers.");
        }
        return Preprocessing.certain(own, wanted);
    }

    private boolean saysNumbers() {
        return Stream.of("", "mean", "std", "scale").anyMatch(keys::contains);
    }

    private static IllegalArgumentException contradiction(Input input, String said, String found) {
        return new IllegalArgumentException("--input " + said + " contradicts the network: its input " + input.name()
                + " reads " + input.text() + ", " + found);
    }
}
