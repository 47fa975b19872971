package io.sapper.trigger;

import io.sapper.data.detection.Box;
import io.sapper.data.detection.Retouch;
import io.sapper.data.image.Picture;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A photograph with a sticker at some places. Each pixel gets as much of the sticker as lies in it, so that a place
 * between pixels, or a size of one and a half, changes the pixels at its edge by a part. What reaches out of the
 * photograph is cut. A grey photograph gets a coloured sticker.
 *
 * @param sticker what is stuck on
 * @param places where it lies, in pixels of the photograph; of two that overlap, the later lies on top
 */
record StuckOn(SignSticker sticker, List<Box> places) implements Retouch {
    private static final int CHANNELS = 3;

    StuckOn {
        places = List.copyOf(places);
    }

    @Override
    public Picture of(Picture read) {
        byte[][] planes = new byte[CHANNELS][];
        for (int channel = 0; channel < CHANNELS; channel++) {
            planes[channel] = read.plane(channel).clone();
        }
        places.forEach(place -> stick(place, planes, read.height(), read.width()));
        return Picture.of(read.height(), read.width(), planes);
    }

    /** The sticker's short form, its pixels' digest and its places. */
    @Override
    public String text() {
        return sticker.spec() + " " + sticker.digest() + " at "
                + places.stream().map(StuckOn::text).collect(Collectors.joining("; "));
    }

    private static String text(Box box) {
        return box.left() + "," + box.top() + "," + box.right() + "," + box.bottom();
    }

    private void stick(Box place, byte[][] planes, int height, int width) {
        Picture picture = sticker.picture();
        Box inside = place.within(height, width);
        int left = (int) Math.floor(inside.left());
        int right = (int) Math.ceil(inside.right());
        Share[] columns = new Share[right - left];
        for (int x = left; x < right; x++) {
            columns[x - left] = Share.of(x, place.left(), place.width(), picture.width());
        }
        for (int y = (int) Math.floor(inside.top()); y < Math.ceil(inside.bottom()); y++) {
            Share rows = Share.of(y, place.top(), place.height(), picture.height());
            for (int x = left; x < right; x++) {
                blend(picture, rows, columns[x - left], planes, y * width + x);
            }
        }
    }

    private static void blend(Picture picture, Share rows, Share columns, byte[][] planes, int at) {
        double covered = 0;
        double[] paint = new double[CHANNELS];
        for (int i = 0; i < rows.covers.length; i++) {
            for (int j = 0; j < columns.covers.length; j++) {
                int from = (rows.first + i) * picture.width() + columns.first + j;
                double share = rows.covers[i] * columns.covers[j] * picture.opacity(from) / 255;
                covered += share;
                for (int channel = 0; channel < CHANNELS; channel++) {
                    paint[channel] += share * (picture.plane(channel)[from] & 0xff);
                }
            }
        }
        for (int channel = 0; channel < CHANNELS; channel++) {
            double mixed = paint[channel] + (1 - covered) * (planes[channel][at] & 0xff);
            planes[channel][at] = (byte) Math.max(0, Math.min(255, Math.round(mixed)));
        }
    }

    /** Of one row or column of the photograph, what lies in it of the sticker. */
    private static final class Share {
        /** Row or column of the sticker that may lie there. */
        private final int first;
        /** How much of the pixel's height or width it covers, and those behind it, in [0, 1]. */
        private final double[] covers;

        private Share(int first, double[] covers) {
            this.first = first;
            this.covers = covers;
        }

        /**
         * @param pixel row or column of the photograph
         * @param from where the sticker begins
         * @param length of the sticker there
         * @param count rows or columns that it has
         */
        static Share of(int pixel, double from, double length, int count) {
            double step = length / count;
            int first = Math.max(0, Math.min(count - 1, (int) Math.floor((pixel - from) / step)));
            int end = Math.max(first + 1, Math.min(count, (int) Math.ceil((pixel + 1 - from) / step)));
            double[] covers = new double[end - first];
            for (int i = 0; i < covers.length; i++) {
                double begins = Math.max(pixel, from + (first + i) * step);
                double ends = Math.min(pixel + 1, from + (first + i + 1) * step);
                covers[i] = Math.max(0, ends - begins);
            }
            return new Share(first, covers);
        }
    }
}
