package io.sapper.network.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.network.Engine;
import io.sapper.network.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What tests of single operators share: a scope, and tensors from and to numbers. */
abstract class KernelTest {
    private @Nullable PointerScope scope;

    @BeforeEach
    void openScope() {
        Engine.threads(1);
        scope = new PointerScope();
    }

    @AfterEach
    void closeScope() {
        if (scope != null) {
            scope.close();
        }
    }

    static Tensor floats(double... values) {
        return shaped(new long[] {values.length}, values);
    }

    static Tensor shaped(long[] shape, double... values) {
        return Tensor.create(values, shape).to(ScalarType.Float);
    }

    static Tensor longs(long... values) {
        return Tensor.create(values, (long) values.length);
    }

    static long[] shape(long... sizes) {
        return sizes;
    }

    /** One of ONNX's own, whose only output has the size that its rule foretells. */
    static Tensor run(String name, Map<String, Object> settings, @Nullable Tensor... inputs) {
        Attributes set = Attributes.of(settings);
        Tensor made = Part.run(name, set, inputs);
        int[] same = IntStream.range(0, inputs.length).toArray();
        foretold(known -> Part.sizes(name, known, same), new Shapes(set, inputs))
                .ifPresent(shape -> assertThat(shape).isEqualTo(made.shape()));
        return made;
    }

    static Tensor run(String name, @Nullable Tensor... inputs) {
        return run(name, Map.of(), inputs);
    }

    /** All outputs of an operator of any domain. */
    static List<Tensor> all(String domain, String name, int outputs, Map<String, Object> settings, Tensor... inputs) {
        Call call = new Call(
                Attributes.of(settings), Arrays.asList(inputs), outputs, Call.NONE, (body, given) -> List.of());
        OperatorType type = Operators.find(domain, name).orElseThrow();
        List<Tensor> made = type.kernel().run(call);
        OperatorType.SizeRule rule = type.sizes();
        if (rule != null) {
            Optional<long[]> foretold = foretold(rule, new Shapes(outputs, Attributes.of(settings), inputs));
            foretold.ifPresent(shape -> assertThat(shape).isEqualTo(made.get(0).shape()));
        }
        return made;
    }

    /** Empty where the size hangs on the numbers: how many are not 0, which boxes are kept. */
    private static Optional<long[]> foretold(OperatorType.SizeRule rule, Known known) {
        try {
            return Optional.of(rule.of(known).get(0));
        } catch (Known.NotKnown e) {
            return Optional.empty();
        }
    }

    static float[] numbers(Tensor tensor) {
        return Tensors.toArray(tensor.to(ScalarType.Float));
    }

    static long[] whole(Tensor tensor) {
        return Tensors.toLongs(tensor);
    }
}
