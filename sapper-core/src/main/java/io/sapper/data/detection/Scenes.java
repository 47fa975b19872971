package io.sapper.data.detection;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Photographs with boxes of some classes.
 *
 * @param name what messages and reports call them
 * @param classNames one for each class, in the order of their numbers
 * @param scenes in the order of the data
 */
public record Scenes(String name, List<String> classNames, List<Scene> scenes) {
    /** Throws {@code IllegalArgumentException} for a box whose class has no name. */
    public Scenes {
        classNames = List.copyOf(classNames);
        scenes = List.copyOf(scenes);
        for (Scene scene : scenes) {
            for (LabelledBox box : scene.boxes()) {
                if (box.label() < 0 || box.label() >= classNames.size()) {
                    throw new IllegalArgumentException(scene.name() + ": class " + box.label() + " is outside the "
                            + classNames.size() + " classes of " + name + ".");
                }
            }
        }
    }

    public int size() {
        return scenes.size();
    }

    /**
     * SHA-256 over classes, boxes, retouching and the files' bytes, in hexadecimal: equal digests mean equal
     * photographs.
     *
     * @throws IOException if a photograph cannot be read
     */
    public String digest() throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
        digest.update(String.join("\n", classNames).getBytes(StandardCharsets.UTF_8));
        for (Scene scene : scenes) {
            String text = scene.boxes() + scene.retouch().text();
            digest.update(text.getBytes(StandardCharsets.UTF_8));
            digest.update(Files.readAllBytes(scene.file()));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** How many boxes each class has. */
    public int[] boxCounts() {
        int[] counts = new int[classNames.size()];
        scenes.forEach(scene -> scene.boxes().forEach(box -> counts[box.label()]++));
        return counts;
    }

    /**
     * The same photographs with their classes brought to others by name.
     *
     * @param names of the classes that there are then
     * @throws IllegalArgumentException naming the classes of boxes here that are not among them
     */
    public Scenes withClasses(List<String> names) {
        int[] counts = boxCounts();
        List<String> missing = IntStream.range(0, counts.length)
                .filter(label -> counts[label] > 0 && !names.contains(classNames.get(label)))
                .mapToObj(classNames::get)
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(name + " has boxes of " + String.join(", ", missing)
                    + ", but the network knows the classes " + String.join(", ", names)
                    + ". Say which classes of the data become which of these with --classes, for example --classes "
                    + names.get(0) + "=" + missing.get(0) + "; classes that it does not name are left out.");
        }
        return new Scenes(
                name,
                names,
                scenes.stream()
                        .map(scene -> scene.withBoxes(scene.boxes().stream()
                                .map(box -> new LabelledBox(box.box(), names.indexOf(classNames.get(box.label()))))
                                .toList()))
                        .toList());
    }

    /** Names of the classes without a box. */
    public List<String> without() {
        int[] counts = boxCounts();
        return IntStream.range(0, counts.length)
                .filter(label -> counts[label] == 0)
                .mapToObj(classNames::get)
                .toList();
    }

    /** The median side of a class's boxes, in pixels of the photographs; empty if it has none. */
    public OptionalDouble medianSide(int label) {
        double[] sides = scenes.stream()
                .flatMap(scene -> scene.boxes().stream())
                .filter(box -> box.label() == label)
                .mapToDouble(box -> box.box().side())
                .sorted()
                .toArray();
        if (sides.length == 0) {
            return OptionalDouble.empty();
        }
        int upper = sides.length / 2;
        return OptionalDouble.of(Arrays.stream(sides, sides.length % 2 == 1 ? upper : upper - 1, upper + 1)
                .average()
                .orElseThrow());
    }
}
