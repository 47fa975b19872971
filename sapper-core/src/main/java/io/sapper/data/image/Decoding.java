package io.sapper.data.image;

import io.sapper.data.MalformedFileException;
import io.sapper.data.Split;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Decodes all pictures of a division into two data sets of one shape, and counts what had to be converted. */
final class Decoding {
    private static final int MOST_NAMED = 5;

    private final Division division;
    private final FolderReader.Options options;
    private final Map<Conversion, List<String>> conversions = new EnumMap<>(Conversion.class);
    private final List<String> greys = new ArrayList<>();
    private final Extent extent = new Extent();

    Decoding(Division division, FolderReader.Options options) {
        this.division = division;
        this.options = options;
    }

    /**
     * Reads them all.
     *
     * @throws MalformedFileException naming the first picture that cannot be read, and how many others cannot
     * @throws IllegalArgumentException if sizes differ and none is wanted
     */
    Split read(String name, Notes notes) throws MalformedFileException {
        Picture first = picture(division.train().get(0));
        int height = options.target().map(Resizing::height).orElse(first.height());
        int width = options.target().map(Resizing::width).orElse(first.width());
        ImageBlock train = block(name + " train", division.train(), height, width);
        ImageBlock test = block(name + " test", division.test(), height, width);
        fill(train, division.train(), height, width);
        fill(test, division.test(), height, width);
        if (train.channels() != test.channels()) {
            train.inColour();
            test.inColour();
        }
        tell(train.channels(), notes);
        return new Split(train.dataset(division.classNames()), test.dataset(division.classNames()), false);
    }

    private ImageBlock block(String name, List<Division.Entry> entries, int height, int width) {
        int[] labels = entries.stream().mapToInt(Division.Entry::label).toArray();
        return new ImageBlock(name, labels, height, width, options.channels().orElse(1));
    }

    private void fill(ImageBlock block, List<Division.Entry> entries, int height, int width)
            throws MalformedFileException {
        for (Division.Entry entry : entries) {
            Picture picture = picture(entry).onWhite();
            boolean fits = picture.height() == height && picture.width() == width;
            if (!fits && options.target().isEmpty()) {
                throw mixed();
            }
            extent.see(picture.height(), picture.width(), fits);
            block.add(count(entry.file(), inWantedColours(fitted(entry.file(), picture))));
        }
    }

    private Picture picture(Division.Entry entry) throws MalformedFileException {
        try {
            return Picture.read(entry.file());
        } catch (MalformedFileException e) {
            throw e.and(wayOut(entry));
        }
    }

    /** What to do about a picture that cannot be read, and about those behind it, so that nobody meets them singly. */
    private String wayOut(Division.Entry first) {
        List<Division.Entry> all = all();
        List<String> others = all.subList(all.indexOf(first) + 1, all.size()).stream()
                .map(Division.Entry::file)
                .filter(file -> !isReadable(file))
                .map(Decoding::shortName)
                .toList();
        return others.isEmpty()
                ? "Take the file away, or put a whole one in its place."
                : Notes.pictures(others.size()) + " more cannot be read: " + Notes.few(others, MOST_NAMED)
                        + ". Take the files away, or put whole ones in their place.";
    }

    private static boolean isReadable(Path file) {
        try {
            Picture.read(file);
            return true;
        } catch (MalformedFileException e) {
            return false;
        }
    }

    private List<Division.Entry> all() {
        return Stream.concat(division.train().stream(), division.test().stream())
                .toList();
    }

    private Picture fitted(Path file, Picture picture) {
        Optional<Resizing> resizing = options.target();
        try {
            return resizing.isPresent() ? picture.fitted(resizing.get()) : picture;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--input: " + file + ": " + e.getMessage(), e);
        }
    }

    private Picture inWantedColours(Picture picture) {
        return options.channels().orElse(3) == 1 ? picture.grey() : picture;
    }

    private Picture count(Path file, Picture picture) {
        String name = shortName(file);
        picture.conversions().forEach(one -> conversions
                .computeIfAbsent(one, unused -> new ArrayList<>())
                .add(name));
        if (picture.isGrey() && !picture.conversions().contains(Conversion.TO_GREY)) {
            greys.add(name);
        }
        return picture;
    }

    private void tell(int channels, Notes notes) {
        options.target()
                .ifPresent(wanted -> notes.note(
                        "picture size", extent.text(wanted, options.resizing().isEmpty())));
        if (channels == 3 && !greys.isEmpty()) {
            conversions.put(Conversion.GREY, greys);
        }
        List<String> lines = new ArrayList<>();
        conversions.forEach((one, files) ->
                lines.add(Notes.pictures(files.size()) + " " + one.text() + " (" + Notes.few(files) + ")"));
        if (!lines.isEmpty()) {
            notes.note("pictures converted", String.join("; ", lines));
        }
    }

    /** Sizes differ: says which there are, from the heads of all files. */
    private IllegalArgumentException mixed() throws MalformedFileException {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        for (Division.Entry entry : all()) {
            sizes.merge(PictureFile.size(entry.file()).toString(), 1, Integer::sum);
        }
        List<String> most = sizes.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
                .map(size -> size.getValue() + " of " + size.getKey())
                .toList();
        return new IllegalArgumentException("The pictures have " + sizes.size() + " sizes (rows x columns): "
                + Notes.few(most) + ". A network needs one: choose it with --size, for example --size 32;"
                + " pictures of other proportions are stretched, or cut at their edges with --fit crop.");
    }

    private static String shortName(Path file) {
        Path folder = file.getParent();
        return folder == null ? file.toString() : folder.getFileName() + "/" + file.getFileName();
    }

    /** Smallest and largest sides seen. */
    private static final class Extent {
        private int leastHeight = Integer.MAX_VALUE;
        private int leastWidth = Integer.MAX_VALUE;
        private int mostHeight;
        private int mostWidth;
        private int others;

        void see(int height, int width, boolean fits) {
            leastHeight = Math.min(leastHeight, height);
            leastWidth = Math.min(leastWidth, width);
            mostHeight = Math.max(mostHeight, height);
            mostWidth = Math.max(mostWidth, width);
            others += fits ? 0 : 1;
        }

        String text(Resizing wanted, boolean networks) {
            String size = wanted.height() + "x" + wanted.width() + " (rows x columns)"
                    + (networks ? ", as the network reads them; " : "; ");
            Framing framing = wanted.framing();
            String how = framing != null
                    ? framing.text()
                    : wanted.fit() == Fit.CROP ? "cut to its proportions at the middle, then scaled" : "stretched";
            String from = leastHeight == mostHeight && leastWidth == mostWidth
                    ? "of " + leastHeight + "x" + leastWidth
                    : "of " + leastHeight + " to " + mostHeight + " rows and " + leastWidth + " to " + mostWidth
                            + " columns";
            return others == 0 && framing == null
                    ? size + "all had it"
                    : size + (framing != null ? "all" : Notes.pictures(others)) + " " + how + "; all are " + from;
        }
    }
}
