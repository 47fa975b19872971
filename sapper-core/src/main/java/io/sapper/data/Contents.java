package io.sapper.data;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * All bytes of one file, gunzipped if they are gzip (told by the first two bytes, not by the name). Never longer than
 * what the memory holds: a file that unpacks to more is refused.
 */
public final class Contents {
    private final Path file;
    private final byte[] bytes;

    /**
     * @param file what messages call it
     * @param bytes as they are, belong to this object from then on
     */
    private Contents(Path file, byte[] bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    /**
     * Reads a file.
     *
     * @throws MalformedFileException if it is missing, empty, damaged gzip, or too large for the memory
     */
    public static Contents read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new MalformedFileException(file, "", missing(file));
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return read(file, in);
        }
    }

    /** As {@link #read(Path)}, for bytes that came from elsewhere; {@code file} is what messages call them. */
    public static Contents of(Path file, byte[] bytes) throws IOException {
        return read(file, new ByteArrayInputStream(bytes));
    }

    /** What messages call it. */
    public Path file() {
        return file;
    }

    /** The bytes themselves, not copied: not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** SHA-256 of the (unpacked) bytes, in hexadecimal. */
    public String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Contents read(Path file, InputStream in) throws IOException {
        in.mark(2);
        boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        int most = (int) Math.min(Integer.MAX_VALUE - 8, Runtime.getRuntime().maxMemory() / 4);
        byte[] bytes;
        try {
            bytes = gzip ? new GZIPInputStream(in, 1 << 16).readNBytes(most) : in.readNBytes(most);
        } catch (EOFException e) {
            throw new MalformedFileException(
                    file, "", "The gzip data ends too early. Maybe a copy or download broke off.");
        } catch (ZipException e) {
            throw new MalformedFileException(
                    file, "", "The gzip data is damaged (" + e.getMessage() + "). Maybe a copy or download broke off.");
        }
        if (bytes.length == 0) {
            throw new MalformedFileException(file, "", "The file is empty. Maybe a copy or download broke off.");
        }
        if (bytes.length == most) {
            throw new MalformedFileException(
                    file, "", "The file holds more than " + most + " bytes. Maybe Java needs more memory (-Xmx).");
        }
        return new Contents(file, bytes);
    }

    private static String missing(Path file) {
        if (Files.isDirectory(file)) {
            return "This is a folder, not a file.";
        }
        Path folder = file.toAbsolutePath().getParent();
        return folder != null && !Files.isDirectory(folder)
                ? "There is no such file: the folder " + folder + " is not there either."
                : "There is no such file. Maybe it is in another folder, or not unpacked.";
    }
}
