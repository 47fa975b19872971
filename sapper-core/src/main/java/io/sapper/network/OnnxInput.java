package io.sapper.network;

import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.sapper.data.MalformedFileException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One input of a file's graph. */
final class OnnxInput {
    private static final int MOST_DIMENSIONS = 32;

    private final OnnxModel model;
    private final ValueInfoProto value;

    OnnxInput(OnnxModel model, ValueInfoProto value) {
        this.model = model;
        this.value = value;
    }

    Input read() throws IOException {
        TypeProto.Tensor type = value.getType().getTensorType();
        ElementType elements = ElementType.of(type.getElemType()).orElse(null);
        if (!value.getType().hasTensorType() || elements == null) {
            throw value.hasType() ? unsupported("is of a type that is not read.") : malformed("has no type.");
        }
        if (!type.hasShape()) {
            throw unsupported("has no shape. Maybe export it with one.");
        }
        List<Long> sizes = new ArrayList<>();
        for (TensorShapeProto.Dimension dimension : type.getShape().getDimList()) {
            long size = dimension.hasDimValue() ? dimension.getDimValue() : Input.FREE;
            if (size > Integer.MAX_VALUE || size < Input.FREE) {
                throw malformed("has a dimension of " + size + ".");
            }
            sizes.add(size);
        }
        if (sizes.size() > MOST_DIMENSIONS) {
            throw unsupported("has " + sizes.size() + " dimensions.");
        }
        return new Input(value.getName(), elements, sizes);
    }

    private MalformedFileException malformed(String problem) {
        return model.malformed("", "the input " + value.getName() + " " + problem);
    }

    private UnsupportedModelException unsupported(String problem) {
        return model.unsupported("", "the input " + value.getName() + " " + problem);
    }
}
