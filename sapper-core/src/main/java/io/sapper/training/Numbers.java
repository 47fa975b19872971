package io.sapper.training;

import java.math.BigDecimal;

/** Numbers of settings as people write them. */
public final class Numbers {
    private Numbers() {}

    /** Without an exponent and without zeros at the end. */
    public static String plain(double value) {
        return value == 0 ? "0" : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
