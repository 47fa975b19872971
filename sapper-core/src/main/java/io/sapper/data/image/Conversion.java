package io.sapper.data.image;

/** What was done to a picture so that it became plain 8-bit grey or red-green-blue; each is counted and told. */
enum Conversion {
    ALPHA("with transparent parts, which were laid on white"),
    SIXTEEN_BIT("of 16 bits a sample, brought to 8"),
    TURNED("turned or mirrored as the EXIF data of the file say"),
    CMYK("in CMYK, converted to red, green and blue"),
    FIRST_FRAME("of several frames or pages, only the first of which is read"),
    GREY("in grey among others in colour, given three equal channels"),
    TO_GREY("in colour, made grey (Rec. 601 luma)");

    private final String text;

    Conversion(String text) {
        this.text = text;
    }

    /** What is said of the pictures it was done to, after their number. */
    String text() {
        return text;
    }
}
