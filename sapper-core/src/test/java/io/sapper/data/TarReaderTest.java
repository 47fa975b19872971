package io.sapper.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TarReaderTest {
    @Test
    void readsPlainFilesAndPassesOverOthers() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(out, "a", new byte[] {1, 2, 3});
        write(out, "../../etc/b", new byte[600]); // only a name: nothing is written anywhere
        write(out, "c", new byte[0]);
        out.write(new byte[1024]);
        TarReader tar = reader(out.toByteArray());
        TarReader.Entry a = tar.next();
        assertThat(a).isEqualTo(new TarReader.Entry("a", 3));
        assertThat(tar.read(a)).containsExactly(1, 2, 3);
        assertThat(tar.next()).isEqualTo(new TarReader.Entry("../../etc/b", 600));
        assertThat(tar.next()).isEqualTo(new TarReader.Entry("c", 0));
        assertThat(tar.next()).isNull();
    }

    @Test
    void brokenArchivesAreNamed() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(out, "a", new byte[600]);
        byte[] whole = out.toByteArray();
        expect(Arrays.copyOf(whole, 300), "byte 0: The archive ends within a head");
        TarReader cut = reader(Arrays.copyOf(whole, 700));
        TarReader.Entry a = cut.next();
        assertThatThrownBy(() -> cut.read(a)).hasMessageContaining("byte 700: The archive ends within a.");
        byte[] bent = whole.clone();
        bent[1] = 'x';
        expect(bent, "check sum is wrong");
        bent = whole.clone();
        bent[125] = 'x';
        bent[148 + 5]++;
        expect(bent, "This is no tar head");
    }

    private static void expect(byte[] archive, String message) {
        assertThatThrownBy(() -> reader(archive).next())
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining(message);
    }

    private static TarReader reader(byte[] bytes) {
        return new TarReader(Path.of("x.tar"), new ByteArrayInputStream(bytes));
    }

    static void write(OutputStream out, String name, byte[] content) throws IOException {
        byte[] head = new byte[512];
        put(head, 0, name);
        put(head, 124, String.format("%011o", content.length));
        head[156] = '0';
        put(head, 148, "        ");
        int sum = 0;
        for (byte each : head) {
            sum += each & 0xff;
        }
        put(head, 148, String.format("%06o", sum));
        head[154] = 0;
        out.write(head);
        out.write(content);
        out.write(new byte[(512 - content.length % 512) % 512]);
    }

    private static void put(byte[] head, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, head, at, bytes.length);
    }
}
