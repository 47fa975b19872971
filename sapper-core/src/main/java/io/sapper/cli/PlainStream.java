package io.sapper.cli;

import io.sapper.data.Plain;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/**
 * The one way to the terminal: every line that goes through is {@link Plain}. What is given to {@code println} is one
 * line, whatever is in it; {@code print} takes text of several lines, such as JSON.
 */
final class PlainStream extends PrintStream {
    private final PrintStream under;
    private boolean sealed;
    private boolean open;

    PlainStream(PrintStream under) {
        super(under);
        this.under = under;
    }

    @Override
    public synchronized void print(@Nullable String text) {
        String plain = Plain.text(String.valueOf(text));
        if (!sealed && !plain.isEmpty()) {
            under.print(plain);
            open = !plain.endsWith("\n");
        }
    }

    @Override
    public synchronized void println(@Nullable String line) {
        if (!sealed) {
            under.println(Plain.line(String.valueOf(line)));
            open = false;
        }
    }

    @Override
    public void print(@Nullable Object text) {
        print(String.valueOf(text));
    }

    @Override
    public void println(@Nullable Object line) {
        println(String.valueOf(line));
    }

    @Override
    public synchronized void println() {
        if (!sealed) {
            under.println();
            open = false;
        }
    }

    /** Prints a last line, on a line of its own; whatever other threads print after that is not heard. */
    synchronized void last(String line) {
        if (open) {
            println();
        }
        println(line);
        under.flush();
        sealed = true;
    }

    /** For those who want a writer; it hands on each piece at once. */
    PrintWriter writer() {
        return new PrintWriter(
                new Writer() {
                    @Override
                    public void write(char[] text, int from, int count) {
                        print(new String(text, from, count));
                    }

                    @Override
                    public void flush() {
                        under.flush();
                    }

                    @Override
                    public void close() {
                        flush();
                    }
                },
                true);
    }
}
