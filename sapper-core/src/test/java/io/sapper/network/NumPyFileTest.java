package io.sapper.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.MalformedFileException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes as NumPy's own documentation lays them out. */
class NumPyFileTest {
    private static final Path FILE = Path.of("a.npy");

    private static byte[] file(int version, String head, byte[] values) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
        byte[] text = head.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer length = ByteBuffer.allocate(version == 1 ? 2 : 4).order(ByteOrder.LITTLE_ENDIAN);
        out.writeBytes(
                version == 1
                        ? length.putShort((short) text.length).array()
                        : length.putInt(text.length).array());
        out.writeBytes(text);
        out.writeBytes(values);
        return out.toByteArray();
    }

    private static String head(String type, String shape) {
        return "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + shape + "), }\n";
    }

    private static byte[] floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return bytes.array();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void everyVersionIsRead(int version) throws IOException {
        Initializer read = NumPyFile.read(FILE, file(version, head("<f4", "2, 3"), floats(1, 2, 3, 4, 5, -0.5f)));
        assertThat(read.type()).isEqualTo(ElementType.FLOAT);
        assertThat(read.shape()).containsExactly(2, 3);
        assertThat(read.toArray()).containsExactly(1, 2, 3, 4, 5, -0.5f);
    }

    @ParameterizedTest
    @CsvSource({
        "<f8, DOUBLE, 8",
        "<f2, FLOAT16, 2",
        "|i1, INT8, 1",
        "|u1, UINT8, 1",
        "<i2, INT16, 2",
        "<u2, UINT16, 2",
        "<i4, INT32, 4",
        "<u4, UINT32, 4",
        "<i8, INT64, 8",
        "<u8, UINT64, 8",
        "|b1, BOOL, 1"
    })
    void everyTypeIsRead(String numpy, ElementType type, int bytes) throws IOException {
        Initializer read = NumPyFile.read(FILE, file(1, head(numpy, "3,"), new byte[3 * bytes]));
        assertThat(read.type()).isEqualTo(type);
        assertThat(read.shape()).containsExactly(3);
    }

    @Test
    void oneNumberHasNoDimensionsAndNoneIsNone() throws IOException {
        assertThat(NumPyFile.read(FILE, file(1, head("<f4", ""), floats(7))).shape())
                .isEmpty();
        assertThat(NumPyFile.read(FILE, file(1, head("<f4", "0, 4"), floats())).size())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "<f4; 3; does not fit",
                "<f4; 1, 1; does not fit",
                "<f4; 99999999999; is too large",
                "<f4; 65536, 65536, 65536, 65536; does not fit",
                ">f4; 2; something else than numbers",
                "<c8; 1; something else than numbers",
                "|O; 1; something else than numbers"
            })
    void whatDoesNotFitIsSaid(String type, String shape, String problem) {
        assertThatThrownBy(() -> NumPyFile.read(FILE, file(1, head(type, shape), floats(1, 2))))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void otherFilesAreSaid() {
        byte[] good = file(1, head("<f4", "1"), floats(1));
        assertThatThrownBy(() -> NumPyFile.read(FILE, new byte[5])).hasMessageContaining("not a file that NumPy wrote");
        assertThatThrownBy(() -> NumPyFile.read(FILE, "PK\3\4 a zip file, as npz is".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("not a file that NumPy wrote");
        assertThatThrownBy(() -> NumPyFile.read(FILE, file(4, head("<f4", "1"), floats(1))))
                .hasMessageContaining("version 4");
        assertThatThrownBy(() -> NumPyFile.read(FILE, Arrays.copyOf(good, 20)))
                .hasMessageContaining("longer than the file");
        assertThatThrownBy(() -> NumPyFile.read(FILE, file(1, head("<f4", "1").replace("False", "True"), floats(1))))
                .hasMessageContaining("something else than numbers in rows");
    }
}
