package io.sapper.cli;

import io.sapper.data.image.Framing;
import io.sapper.network.Preprocessing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code --input} says: how pictures become numbers, and how they get to the network's size.
 *
 * @param numbers empty where nothing is said of them
 * @param framing empty where nothing is said of sizes
 */
record InputForm(Optional<Preprocessing> numbers, Optional<Framing> framing) {
    /** Reads it, for example {@code imagenet,resize=256,crop=224}; an empty text says nothing. */
    static InputForm parse(String text) {
        List<String> rest = new ArrayList<>();
        @Nullable Framing framing = null;
        for (String part : text.split(",", -1)) {
            int at = part.indexOf('=');
            String key = at < 0 ? "" : part.substring(0, at).strip().toLowerCase(Locale.ROOT);
            if (key.equals("resize") || key.equals("crop")) {
                framing = Framing.with(framing, key, part.substring(at + 1));
            } else {
                rest.add(part);
            }
        }
        boolean nothing = text.isEmpty() || rest.isEmpty();
        return new InputForm(
                nothing ? Optional.empty() : Optional.of(Preprocessing.parse(String.join(",", rest))),
                Optional.ofNullable(framing));
    }
}
