package io.sapper.network;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;

/** ONNX Runtime as the oracle: somebody else's engine on the same file. */
public final class OnnxRuntime {
    private OnnxRuntime() {}

    /** What the one output holds for a batch of inputs, row-major. */
    public static float[] run(byte[] model, float[] batch, long... shape) throws OrtException {
        try (OrtSession session = OrtEnvironment.getEnvironment().createSession(model)) {
            return run(session, batch, shape);
        }
    }

    /** As the other, of a file that may have others beside it. */
    public static float[] run(Path model, float[] batch, long... shape) throws OrtException {
        try (OrtSession session = OrtEnvironment.getEnvironment().createSession(model.toString())) {
            return run(session, batch, shape);
        }
    }

    private static float[] run(OrtSession session, float[] batch, long... shape) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(batch), shape);
                OrtSession.Result result =
                        session.run(Map.of(session.getInputNames().iterator().next(), input))) {
            FloatBuffer output = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] values = new float[output.remaining()];
            output.get(values);
            return values;
        }
    }
}
