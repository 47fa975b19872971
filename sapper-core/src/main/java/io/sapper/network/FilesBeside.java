package io.sapper.network;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.sapper.data.MalformedFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Names of the files beside an ONNX model in which it keeps numbers of its tensors. The model is only skimmed, piece by
 * piece, so that this takes no memory however large it is.
 */
public final class FilesBeside {
    /** What a message may hold on the way to a tensor: numbers of fields of onnx.proto, and the messages in them. */
    private enum Kind {
        MODEL,
        GRAPH,
        FUNCTION,
        NODE,
        ATTRIBUTE,
        TRAINING,
        SPARSE,
        TENSOR,
        ENTRY
    }

    private static final Map<Kind, Map<Integer, Kind>> FIELDS = Map.of(
            Kind.MODEL, Map.of(7, Kind.GRAPH, 20, Kind.TRAINING, 25, Kind.FUNCTION),
            Kind.GRAPH, Map.of(1, Kind.NODE, 5, Kind.TENSOR, 15, Kind.SPARSE),
            Kind.FUNCTION, Map.of(7, Kind.NODE, 11, Kind.ATTRIBUTE),
            Kind.NODE, Map.of(5, Kind.ATTRIBUTE),
            Kind.ATTRIBUTE,
                    Map.of(
                            5,
                            Kind.TENSOR,
                            6,
                            Kind.GRAPH,
                            10,
                            Kind.TENSOR,
                            11,
                            Kind.GRAPH,
                            22,
                            Kind.SPARSE,
                            23,
                            Kind.SPARSE),
            Kind.TRAINING, Map.of(1, Kind.GRAPH, 2, Kind.GRAPH),
            Kind.SPARSE, Map.of(1, Kind.TENSOR, 2, Kind.TENSOR),
            Kind.TENSOR, Map.of(13, Kind.ENTRY));

    private static final int LONGEST_NAME = 4096;

    private final CodedInputStream in;
    private final Set<String> names = new TreeSet<>();

    private FilesBeside(CodedInputStream in) {
        this.in = in;
    }

    /**
     * Names as the model says them, relative to its folder. What it says may lead out of the folder; the reader of
     * models then refuses it.
     *
     * @throws MalformedFileException if it is no ONNX file
     */
    public static Set<String> of(Path model) throws IOException {
        try (InputStream stream = Files.newInputStream(model)) {
            CodedInputStream in = CodedInputStream.newInstance(stream);
            in.setSizeLimit(Integer.MAX_VALUE);
            FilesBeside found = new FilesBeside(in);
            found.skim(Kind.MODEL, 0);
            return found.names;
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedFileException(model, "", "this cannot be read as ONNX (" + e.getMessage() + ").");
        }
    }

    private void skim(Kind kind, int depth) throws IOException {
        if (depth > WireCheck.DEEPEST) {
            throw new InvalidProtocolBufferException("its parts lie too deep inside each other");
        }
        if (kind == Kind.ENTRY) {
            entry();
            return;
        }
        Map<Integer, Kind> fields = FIELDS.getOrDefault(kind, Map.of());
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            Kind inner = fields.get(WireFormat.getTagFieldNumber(tag));
            if (inner != null && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
                int outer = in.pushLimit(in.readRawVarint32());
                skim(inner, depth + 1);
                in.checkLastTagWas(0);
                in.popLimit(outer);
            } else if (!in.skipField(tag)) {
                throw new InvalidProtocolBufferException("a group ends that did not begin");
            }
        }
    }

    /** A key and a value; the file's name stands under {@code location}. */
    private void entry() throws IOException {
        String key = "";
        String value = "";
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int field = WireFormat.getTagFieldNumber(tag);
            if (field > 2 || WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
                in.skipField(tag);
            } else if (in.getBytesUntilLimit() > LONGEST_NAME + 16) {
                throw new InvalidProtocolBufferException("a file's name is too long");
            } else if (field == 1) {
                key = in.readString();
            } else {
                value = in.readString();
            }
        }
        if (key.equals("location")) {
            names.add(value);
        }
    }
}
