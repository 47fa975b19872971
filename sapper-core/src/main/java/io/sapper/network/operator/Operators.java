package io.sapper.network.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The table of all operators, by domain and name. */
public final class Operators {
    private static final Map<String, OperatorType> TABLE = table();
    private static final Map<String, OperatorType> FAST = Map.copyOf(TABLE);

    private Operators() {}

    private static Map<String, OperatorType> table() {
        List<OperatorType> all = new ArrayList<>();
        all.addAll(Activations.types());
        all.addAll(Arithmetic.types());
        all.addAll(Attention.types());
        all.addAll(ClassicalLearning.types());
        all.addAll(Comparisons.types());
        all.addAll(Contractions.types());
        all.addAll(ControlFlow.types());
        all.addAll(Conversions.types());
        all.addAll(Convolutions.types());
        all.addAll(FusedQuantized.types());
        all.addAll(Functions.types());
        all.addAll(Softmaxes.types());
        all.addAll(Spectra.types());
        all.addAll(Fused.types());
        all.addAll(GridSampling.types());
        all.addAll(Indexing.types());
        all.addAll(LayerNormalization.types());
        all.addAll(Layouts.types());
        all.addAll(Normalization.types());
        all.addAll(Pooling.types());
        all.addAll(Products.types());
        all.addAll(IntegerProducts.types());
        all.addAll(Quantization.types());
        all.addAll(Recurrent.types());
        all.addAll(Reductions.types());
        all.addAll(Regions.types());
        all.addAll(Reshaping.types());
        all.addAll(Resizing.types());
        all.addAll(Rotation.types());
        all.addAll(Scattering.types());
        all.addAll(Selection.types());
        all.addAll(Signals.types());
        all.addAll(Slicing.types());
        all.addAll(TransposedConvolutions.types());
        Map<String, OperatorType> table = new TreeMap<>();
        for (OperatorType type : all) {
            if (table.put(key(type.domain(), type.name()), type) != null) {
                throw new IllegalStateException("Two entries for " + type.name() + ".");
            }
        }
        return table;
    }

    private static String key(String domain, String name) {
        return domain.isEmpty() ? name : domain + "::" + name; // asked for at every node, again and again
    }

    /** The entry of this name; empty where Sapper has none. */
    public static Optional<OperatorType> find(String domain, String name) {
        return Optional.ofNullable(FAST.get(key(domain, name)));
    }

    static OperatorType of(Operator operator) {
        return find(operator.domain(), operator.name())
                .orElseThrow(() -> new NotSupported("the operator " + operator.text() + " is not supported"));
    }

    /** All entries, in order of domain and name. */
    public static List<OperatorType> all() {
        return List.copyOf(TABLE.values());
    }
}
