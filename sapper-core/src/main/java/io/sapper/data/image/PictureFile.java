package io.sapper.data.image;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Metadata;
import com.drew.metadata.adobe.AdobeJpegDirectory;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.jpeg.JpegDirectory;
import io.sapper.data.MalformedFileException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/** Decodes one file with ImageIO (TwelveMonkeys reads what Java alone reads wrongly or not at all). */
final class PictureFile {
    private static final long MOST_PIXELS = 100_000_000;
    /** TIFF's number for CMYK. */
    private static final int INKS = 5;

    private static final Set<String> MAY_HAVE_FRAMES = Set.of("gif", "tiff", "tif", "webp");

    private PictureFile() {}

    /** What is done with an opened reader. */
    private interface Use<T> {
        T of(ImageReader reader) throws IOException;
    }

    /** See {@link Picture#read}. */
    static Picture read(Path file) throws MalformedFileException {
        return open(file, reader -> {
            Metadata metadata = metadata(file);
            checkInks(file, metadata);
            boolean frames = hasFrames(reader);
            Picture picture = picture(decode(file, reader), Orientation.of(metadata));
            if (frames) {
                picture.conversions().add(Conversion.FIRST_FRAME);
            }
            if (isCmyk(metadata)) {
                picture.conversions().add(Conversion.CMYK);
            }
            return picture;
        });
    }

    /** See {@link PictureSize#of}. */
    static PictureSize size(Path file) throws MalformedFileException {
        return open(file, reader -> {
            checkSize(file, reader);
            boolean swapped = Orientation.of(metadata(file)).swapsSides();
            int rows = reader.getHeight(0);
            int columns = reader.getWidth(0);
            return swapped ? new PictureSize(columns, rows) : new PictureSize(rows, columns);
        });
    }

    private static <T> T open(Path file, Use<T> use) throws MalformedFileException {
        if (!Files.isRegularFile(file)) {
            throw new MalformedFileException(file, "", "There is no such picture file.");
        }
        if (!Files.isReadable(file)) {
            throw new MalformedFileException(
                    file, "", "The file may not be read. Maybe its permissions forbid it to this user.");
        }
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new MalformedFileException(
                        file,
                        "",
                        Files.size(file) == 0
                                ? "The file is empty. Maybe a copy or download broke off."
                                : "This is no picture in a known format. Maybe the file is damaged or wrongly named.");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, false, true);
                return use.of(reader);
            } finally {
                reader.dispose();
            }
        } catch (MalformedFileException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // Decoders throw whatever they stumble over; to the caller all of it means a broken file.
            throw broken(file, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        }
    }

    private static void checkSize(Path file, ImageReader reader) throws IOException {
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > MOST_PIXELS) {
            throw new MalformedFileException(
                    file,
                    "",
                    "The picture says it has " + pixels + " pixels; at most " + MOST_PIXELS
                            + " are read. Maybe make it smaller.");
        }
    }

    private static BufferedImage decode(Path file, ImageReader reader) throws IOException {
        checkSize(file, reader);
        List<String> warnings = new ArrayList<>();
        reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
        BufferedImage picture = reader.read(0);
        for (String warning : warnings) {
            // A JPEG that breaks off is otherwise read as a picture whose lower part is grey.
            if (warning.toLowerCase(Locale.ROOT).matches(".*(truncated|premature|corrupt).*")) {
                throw broken(file, warning);
            }
        }
        Planes.check(file, picture);
        return picture;
    }

    static Picture picture(BufferedImage decoded, Orientation orientation) {
        int rows = decoded.getHeight();
        int columns = decoded.getWidth();
        Planes planes = new Planes(decoded);
        byte[][] colour = planes.colour();
        for (int i = 0; i < colour.length; i++) {
            colour[i] = orientation.turn(colour[i], rows, columns);
        }
        byte[] alpha = planes.alpha();
        Set<Conversion> done = EnumSet.noneOf(Conversion.class);
        if (planes.deep()) {
            done.add(Conversion.SIXTEEN_BIT);
        }
        if (!orientation.equals(Orientation.AS_STORED)) {
            done.add(Conversion.TURNED);
        }
        boolean swapped = orientation.swapsSides();
        return new Picture(
                swapped ? columns : rows,
                swapped ? rows : columns,
                colour,
                alpha == null ? null : orientation.turn(alpha, rows, columns),
                done);
    }

    private static boolean hasFrames(ImageReader reader) throws IOException {
        return MAY_HAVE_FRAMES.contains(reader.getFormatName().toLowerCase(Locale.ROOT))
                && reader.getNumImages(true) > 1;
    }

    /** What the file says of itself; nothing where it cannot be understood: the picture itself may still be whole. */
    private static Metadata metadata(Path file) {
        try {
            return ImageMetadataReader.readMetadata(file.toFile());
        } catch (ImageProcessingException | IOException | RuntimeException e) {
            return new Metadata();
        }
    }

    private static boolean isCmyk(Metadata metadata) {
        ExifIFD0Directory exif = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
        return components(metadata) == 4
                || (exif != null
                        && Integer.valueOf(INKS)
                                .equals(exif.getInteger(ExifDirectoryBase.TAG_PHOTOMETRIC_INTERPRETATION)));
    }

    /** Without Adobe's marker nobody knows whether four components are inks, inks turned round, or colour and alpha. */
    private static void checkInks(Path file, Metadata metadata) throws MalformedFileException {
        if (components(metadata) == 4 && !metadata.containsDirectoryOfType(AdobeJpegDirectory.class)) {
            throw new MalformedFileException(
                    file,
                    "",
                    "The JPEG has four components and does not say what they are. Maybe save it again in red, green and"
                            + " blue.");
        }
    }

    /** Of a JPEG; 0 for others. */
    private static int components(Metadata metadata) {
        JpegDirectory jpeg = metadata.getFirstDirectoryOfType(JpegDirectory.class);
        @Nullable Integer components = jpeg == null ? null : jpeg.getInteger(JpegDirectory.TAG_NUMBER_OF_COMPONENTS);
        return components == null ? 0 : components;
    }

    private static MalformedFileException broken(Path file, String reason) {
        return new MalformedFileException(
                file,
                "",
                "The picture cannot be read (" + reason.strip().replaceAll("\\s*\\R\\s*", " ")
                        + "). Maybe a copy or download broke off.");
    }
}
