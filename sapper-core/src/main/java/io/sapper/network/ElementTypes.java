package io.sapper.network;

/** Of which type a tensor's elements are. */
final class ElementTypes {
    private ElementTypes() {}

    /** The type of a feature map: what makes it hands on its first input's, unless it says another. */
    static ElementType of(Graph graph, String tensor) {
        String name = tensor;
        for (Node maker = graph.producer(name); maker != null; maker = graph.producer(name)) {
            if (maker.operator().is("Cast")) {
                return ElementType.of((int) maker.operator().attributes().integer("to", 0))
                        .orElse(ElementType.FLOAT);
            }
            boolean second = maker.operator().is("CastLike", "DequantizeLinear", "Where");
            name = maker.input(second ? 1 : 0);
        }
        if (graph.isInitializer(name)) {
            return graph.initializer(name).type();
        }
        String input = name;
        return graph.inputs().stream()
                .filter(one -> one.name().equals(input))
                .findFirst()
                .map(Input::type)
                .orElse(ElementType.FLOAT);
    }
}
