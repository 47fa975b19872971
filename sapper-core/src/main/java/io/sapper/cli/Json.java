package io.sapper.cli;

import io.sapper.result.Results;

/** What {@code --json} prints: one record on standard output, and nothing else. */
final class Json {
    private Json() {}

    static void print(Object record) {
        System.out.print(Results.toJson(record));
    }
}
