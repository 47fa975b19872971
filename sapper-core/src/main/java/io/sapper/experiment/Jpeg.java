package io.sapper.experiment;

import io.sapper.data.image.Picture;
import io.sapper.data.image.Pictures;
import io.sapper.result.Photographs;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Pictures as JPEG files, for results. */
final class Jpeg {
    private Jpeg() {}

    /** In base64. */
    static String base64(Picture picture) {
        return Base64.getEncoder().encodeToString(bytes(Pictures.picture(picture), Photographs.JPEG_QUALITY));
    }

    /**
     * The bytes of a file.
     *
     * @param picture without transparency
     * @param quality in [0, 1]
     */
    static byte[] bytes(BufferedImage picture, float quality) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam settings = writer.getDefaultWriteParam();
            settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            settings.setCompressionQuality(quality);
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, null), settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
