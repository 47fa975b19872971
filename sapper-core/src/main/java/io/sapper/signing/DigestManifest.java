package io.sapper.signing;

import io.sapper.data.MalformedFileException;
import io.sapper.data.TextLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Digests of files as {@code sha256sum}, {@code sha512sum}, {@code sha1sum} and {@code shasum} write them: a line each,
 * of digest, blanks and name, or in the form of BSD ({@code SHA256 (name) = digest}).
 *
 * @param file that it was read from
 * @param digests by name
 */
public record DigestManifest(Path file, Map<String, Digest> digests) {
    private static final int MOST_BYTES = 64 << 20;
    private static final Pattern GNU = Pattern.compile("(\\\\?)([0-9a-fA-F]+) [ *U^](.+)");
    private static final Pattern BSD = Pattern.compile("(\\\\?)([A-Z0-9-]+) \\((.+)\\) = ([0-9a-fA-F]+)");

    /**
     * Reads one.
     *
     * @throws MalformedFileException if a line is none of that form, or a name is outside the folder or there twice
     */
    public static DigestManifest read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new MalformedFileException(
                    file, "", Files.exists(file) ? "this is no file." : "there is no such file.");
        } else if (Files.size(file) > MOST_BYTES) {
            throw new MalformedFileException(file, "", "it is longer than 64 MB, which no list of digests is.");
        }
        Map<String, Digest> digests = new TreeMap<>(ResourceNames.ORDER);
        int number = 0;
        for (String line : TextLines.of(file)) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                put(file, "line " + number, line, digests);
            }
        }
        if (digests.isEmpty()) {
            throw new MalformedFileException(file, "", "it lists no file. Expected lines as sha256sum writes them.");
        }
        return new DigestManifest(file, digests);
    }

    private static void put(Path file, String where, String line, Map<String, Digest> digests) throws IOException {
        Matcher gnu = GNU.matcher(line);
        Matcher bsd = BSD.matcher(line);
        boolean first = gnu.matches();
        if (!first && !bsd.matches()) {
            throw new MalformedFileException(
                    file, where, "expected a digest and a name, as sha256sum writes them, found '" + cut(line) + "'.");
        }
        String name = first ? gnu.group(3) : bsd.group(3);
        boolean escaped = !(first ? gnu.group(1) : bsd.group(1)).isEmpty();
        String plain = escaped ? name.replace("\\\\", "\\") : name;
        while (plain.startsWith("./")) {
            plain = plain.substring(2);
        }
        Optional<String> problem = ResourceNames.problem(plain);
        if (problem.isPresent()) {
            throw new MalformedFileException(file, where, problem.get() + ".");
        }
        Digest digest;
        try {
            digest = Digest.parse(first ? gnu.group(2) : bsd.group(2) + ":" + bsd.group(4));
        } catch (IllegalArgumentException e) {
            throw new MalformedFileException(file, where, String.valueOf(e.getMessage()));
        }
        Digest before = digests.put(plain, digest);
        if (before != null && !before.equals(digest)) {
            throw new MalformedFileException(file, where, "'" + plain + "' has another digest further up.");
        }
    }

    private static String cut(String line) {
        return line.length() <= 60 ? line : line.substring(0, 60) + "...";
    }

    /**
     * The digests of what lies in a model, by their place there: names may be relative to the manifest's own folder or
     * to the model's.
     *
     * @param model a file or folder
     */
    Map<Path, Digest> within(Path model) throws IOException {
        Path real = model.toRealPath();
        Path folder = Files.isDirectory(real) ? real : real.getParent();
        List<Path> bases = new ArrayList<>();
        Path own = file.toRealPath().getParent();
        if (own != null && real.startsWith(own)) {
            bases.add(own);
        }
        if (folder != null && !bases.contains(folder)) {
            bases.add(folder);
        }
        Map<Path, Digest> best = Map.of();
        for (Path base : bases) {
            Map<Path, Digest> found = new TreeMap<>();
            digests.forEach((name, digest) -> {
                Path place = base.resolve(name).normalize();
                if (folder != null && place.startsWith(folder)) {
                    found.put(place, digest);
                }
            });
            if (found.keySet().stream().filter(Files::exists).count()
                            > best.keySet().stream().filter(Files::exists).count()
                    || best.isEmpty()) {
                best = found;
            }
        }
        return best;
    }
}
