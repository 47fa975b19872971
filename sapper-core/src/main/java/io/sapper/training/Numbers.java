package io.sapper.training;

import java.math.BigDecimal;

/** Numbers of settings as people write them. */
final class Numbers {
    private Numbers() {}

    /** Without an exponent and without zeros at the end. */
    static String plain(double value) {
        return value == 0 ? "0" : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
