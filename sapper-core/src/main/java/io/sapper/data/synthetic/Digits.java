package io.sapper.data.synthetic;

import java.util.List;

/** How each digit is written, in one or more ways. */
final class Digits {
    private static final List<List<Strokes>> WAYS = List.of(
            List.of(new Strokes().arc(0.5, 0.5, 0.45, 0.5, 0, 360), new Strokes().arc(0.5, 0.5, 0.35, 0.5, 0, 360)),
            List.of(
                    new Strokes().line(0.5, 0, 0.5, 1),
                    new Strokes().line(0.25, 0.22, 0.5, 0, 0.5, 1),
                    new Strokes().line(0.25, 0.22, 0.5, 0, 0.5, 1).line(0.2, 1, 0.8, 1)),
            List.of(
                    new Strokes().arc(0.5, 0.28, 0.42, 0.28, 190, 395).line(0.84, 0.44, 0.05, 1, 0.95, 1),
                    new Strokes()
                            .arc(0.5, 0.28, 0.42, 0.28, 200, 390)
                            .line(0.86, 0.42, 0.25, 0.92)
                            .arc(0.22, 0.85, 0.14, 0.12, 0, 360)
                            .line(0.3, 0.92, 0.95, 1)),
            List.of(
                    new Strokes().arc(0.45, 0.26, 0.4, 0.26, 200, 450).arc(0.45, 0.75, 0.45, 0.25, 270, 520),
                    new Strokes().line(0.05, 0, 0.9, 0, 0.42, 0.42).arc(0.45, 0.71, 0.45, 0.29, 270, 520)),
            List.of(
                    new Strokes().line(0.7, 1, 0.7, 0, 0.05, 0.65, 0.98, 0.65),
                    new Strokes().line(0.15, 0, 0.1, 0.5, 0.85, 0.5).line(0.82, 0, 0.75, 1)),
            List.of(new Strokes().line(0.88, 0, 0.18, 0, 0.14, 0.45).arc(0.42, 0.69, 0.45, 0.31, 230, 510)),
            List.of(
                    new Strokes().line(0.65, 0, 0.22, 0.45, 0.08, 0.7).arc(0.5, 0.72, 0.42, 0.28, 0, 360),
                    new Strokes().arc(0.75, 0.65, 0.68, 0.65, 180, 270).arc(0.5, 0.73, 0.42, 0.27, 0, 360)),
            List.of(
                    new Strokes().line(0.05, 0, 0.95, 0, 0.4, 1),
                    new Strokes().line(0.05, 0, 0.95, 0, 0.4, 1).line(0.35, 0.5, 0.9, 0.5)),
            List.of(new Strokes().arc(0.5, 0.24, 0.35, 0.24, 0, 360).arc(0.5, 0.74, 0.42, 0.26, 0, 360)),
            List.of(
                    new Strokes().arc(0.5, 0.28, 0.42, 0.28, 0, 360).line(0.92, 0.28, 0.8, 0.65, 0.6, 1),
                    new Strokes().arc(0.5, 0.28, 0.4, 0.28, 0, 360).line(0.9, 0.2, 0.9, 1)));

    private Digits() {}

    static List<Strokes> of(int digit) {
        return WAYS.get(digit);
    }
}
