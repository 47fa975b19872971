package io.sapper.network;

import io.sapper.network.operator.Attributes;
import io.sapper.network.operator.NotSupported;
import io.sapper.network.operator.Operator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How pictures become what a network reads. Sapper's pictures are numbers in [0, 1], laid out channel, row, column, red
 * first; a network may have been trained on others. {@link #before} puts the way from one to the other in front of the
 * network, as nodes of its own; a network that is written has its own input again.
 *
 * @param name as users type it
 * @param scale what a number in [0, 1] is multiplied by first
 * @param mean subtracted then: one number, or one for each channel
 * @param deviation divided by then: one number, or one for each channel
 * @param blueFirst whether the channels are turned round
 * @param channelsLast whether channels stand behind the columns
 */
public record Preprocessing(
        String name, double scale, List<Double> mean, List<Double> deviation, boolean blueFirst, boolean channelsLast) {
    /** Numbers in [0, 1], channels first: as Sapper's own networks. */
    public static final Preprocessing UNIT = new Preprocessing("unit", 1, List.of(0.0), List.of(1.0), false, false);

    private static final Map<String, Preprocessing> PRESETS = presets();

    public Preprocessing {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        if (deviation.contains(0.0)) {
            throw new IllegalArgumentException("--input: a deviation (std) of 0 cannot be divided by.");
        }
    }

    private static Map<String, Preprocessing> presets() {
        List<Double> zero = List.of(0.0);
        List<Double> one = List.of(1.0);
        Map<String, Preprocessing> presets = new LinkedHashMap<>();
        for (Preprocessing preset : List.of(
                UNIT,
                new Preprocessing(
                        "imagenet", 1, List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225), false, false),
                new Preprocessing("raw255", 255, zero, one, false, false),
                new Preprocessing("minus1", 2, one, one, false, false),
                new Preprocessing("caffe", 255, List.of(103.939, 116.779, 123.68), one, true, false))) {
            presets.put(preset.name(), preset);
        }
        return presets;
    }

    /** The presets, the plainest first. */
    public static List<Preprocessing> all() {
        return List.copyOf(PRESETS.values());
    }

    /** Names of the presets, for messages and help. */
    public static String known() {
        return String.join(", ", PRESETS.keySet());
    }

    /**
     * Reads the short form.
     *
     * @param text a preset's name, or settings with commas between: {@code mean=0.5;0.5;0.5,std=0.25,scale=255,
     *     order=bgr,layout=nhwc}; or a preset and settings that differ from it
     * @throws IllegalArgumentException in one line, if it is neither
     */
    public static Preprocessing parse(String text) {
        Preprocessing found = UNIT;
        boolean named = true;
        Set<String> keys = new HashSet<>();
        for (String part : text.strip().split(",", -1)) {
            Preprocessing preset = PRESETS.get(part.strip().toLowerCase(Locale.ROOT));
            int at = part.indexOf('=');
            String key = at < 0 ? "a preset" : part.substring(0, at + 1).strip().toLowerCase(Locale.ROOT);
            if (!keys.add(key)) {
                throw new IllegalArgumentException("--input '" + text + "' has " + key + " twice.");
            }
            if (preset != null && keys.size() > 1) {
                throw new IllegalArgumentException(
                        "--input '" + text + "' has a preset behind settings, which it would undo. Put it first.");
            }
            if (preset != null) {
                found = preset;
            } else {
                found = found.with(part, text);
                named = false;
            }
        }
        return named ? found : found.named(text.strip());
    }

    private Preprocessing with(String part, String whole) {
        int at = part.indexOf('=');
        String value = part.substring(at + 1).strip().toLowerCase(Locale.ROOT);
        String key = at < 0 ? "" : part.substring(0, at).strip().toLowerCase(Locale.ROOT);
        return switch (key) {
            case "mean" -> new Preprocessing(name, scale, numbers(value, part), deviation, blueFirst, channelsLast);
            case "std" ->
                new Preprocessing(name, scale, mean, above(numbers(value, part), part), blueFirst, channelsLast);
            case "scale" ->
                new Preprocessing(
                        name, above(numbers(value, part), part).get(0), mean, deviation, blueFirst, channelsLast);
            case "order" ->
                new Preprocessing(name, scale, mean, deviation, one(value, "rgb", "bgr", part), channelsLast);
            case "layout" ->
                new Preprocessing(name, scale, mean, deviation, blueFirst, one(value, "nchw", "nhwc", part));
            default ->
                throw new IllegalArgumentException("--input '" + whole + "' has '" + part + "' where one of " + known()
                        + " or mean=, std=, scale=, order=rgb|bgr, layout=nchw|nhwc, resize=, crop= is expected.");
        };
    }

    private static boolean one(String value, String no, String yes, String part) {
        if (!value.equals(no) && !value.equals(yes)) {
            throw new IllegalArgumentException(
                    "--input has '" + part + "', and knows only " + no + " and " + yes + ".");
        }
        return value.equals(yes);
    }

    private static List<Double> numbers(String value, String part) {
        try {
            List<Double> numbers =
                    Arrays.stream(value.split(";")).map(Double::parseDouble).toList();
            if (numbers.stream().allMatch(Double::isFinite)) {
                return numbers;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException("--input has '" + part + "' where numbers are expected, with semicolons"
                + " between those of several channels, for example mean=0.5;0.5;0.5.");
    }

    private static List<Double> above(List<Double> numbers, String part) {
        if (numbers.stream().anyMatch(number -> number <= 0)) {
            throw new IllegalArgumentException("--input has '" + part + "' where numbers above 0 are expected.");
        }
        return numbers;
    }

    private Preprocessing named(String text) {
        return new Preprocessing(text, scale, mean, deviation, blueFirst, channelsLast);
    }

    /** The same with channels behind the columns, or not. */
    public Preprocessing withLayout(boolean last) {
        return new Preprocessing(name, scale, mean, deviation, blueFirst, last);
    }

    /** The same with the channels in the other order: red first where it was blue, and the other way round. */
    public Preprocessing turned() {
        String order = "order=" + (blueFirst ? "rgb" : "bgr");
        String text = name.contains("order=")
                ? name.replaceFirst("(?i)order=\\s*(rgb|bgr)", order)
                : this.equals(UNIT) ? order : name + "," + order;
        Preprocessing turned = new Preprocessing(text, scale, mean, deviation, !blueFirst, channelsLast);
        return all().stream()
                .filter(preset -> preset.named(text).equals(turned))
                .findFirst()
                .orElse(turned);
    }

    /** Whether it gives numbers as the bytes of pictures are: 0 to 255. */
    public boolean isBytes() {
        return scale == 255
                && mean.stream().allMatch(number -> number == 0)
                && deviation.stream().allMatch(number -> number == 1);
    }

    /** In words, for reports. */
    public String text() {
        return name + ": numbers in [0, 1] times " + scale + ", minus " + joined(mean) + ", divided by "
                + joined(deviation) + (blueFirst ? ", blue first" : "") + (channelsLast ? ", channels last" : "");
    }

    private static String joined(List<Double> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    /**
     * What a graph's input says for certain: bytes want 0 to 255, a few channels behind the columns are channels.
     *
     * @param plain what holds where it says nothing
     */
    public static Preprocessing certain(Graph graph, Preprocessing plain) {
        Input input = graph.inputs().get(0);
        Preprocessing found = input.type().real()
                ? plain
                : new Preprocessing(
                        plain.blueFirst() ? "raw255,order=bgr" : "raw255",
                        255,
                        List.of(0.0),
                        List.of(1.0),
                        plain.blueFirst(),
                        plain.channelsLast());
        return found.withLayout(found.channelsLast() || input.channelsLast());
    }

    /**
     * The network with this in front: it reads pictures as Sapper has them, [channels, rows, columns] in [0, 1].
     *
     * @throws NotSupported if the network does not read pictures of a fixed size, or something else beside them
     */
    public Graph before(Graph graph) {
        Input own = graph.inputs().get(0);
        if (graph.inputs().size() > 1) {
            throw new NotSupported("The network has the inputs "
                    + graph.inputs().stream().map(Input::name).collect(Collectors.joining(", "))
                    + ", and pictures are shown to one only. Maybe export it with the others fixed.");
        }
        List<Long> sizes = own.dimensions();
        if (sizes.size() != 4 || graph.open()) {
            throw new NotSupported("The network's input " + own.name() + " is no picture of a fixed size (" + own.text()
                    + "), so pictures cannot be shown to it.");
        }
        long channels = channelsLast ? sizes.get(3) : sizes.get(1);
        boolean plain = own.type() == ElementType.FLOAT
                && scale == 1
                && mean.equals(List.of(0.0))
                && deviation.equals(List.of(1.0))
                && !blueFirst
                && !channelsLast;
        if (plain) {
            return graph;
        }
        Chain chain = new Chain(graph, own);
        if (blueFirst) {
            long[] order = new long[(int) channels];
            Arrays.setAll(order, i -> channels - 1 - i);
            chain.add(
                    Operator.of("Gather", Attributes.NONE.with("axis", 1L)),
                    Initializer.of(List.of(order.length), order));
        }
        chain.add(Operator.of("Mul"), constant(List.of(scale), channels));
        chain.add(Operator.of("Sub"), constant(mean, channels));
        chain.add(Operator.of("Div"), constant(deviation, channels));
        if (channelsLast) {
            chain.add(Operator.of("Transpose", Attributes.NONE.with("perm", Attributes.list(0, 2, 3, 1))));
        }
        if (own.type() != ElementType.FLOAT) {
            if (!own.type().real()) {
                chain.add(Operator.of("Round"));
            }
            chain.add(Operator.of(
                    "Cast", Attributes.NONE.with("to", (long) own.type().onnx())));
        }
        List<Long> pictures = channelsLast ? List.of(sizes.get(0), sizes.get(3), sizes.get(1), sizes.get(2)) : sizes;
        return chain.graph(pictures);
    }

    /** One number, or one for each channel, as it is stretched over pictures. */
    private static Initializer constant(List<Double> numbers, long channels) {
        if (numbers.size() != 1 && numbers.size() != channels) {
            throw new IllegalArgumentException("--input gives " + numbers.size() + " numbers for the " + channels
                    + " channel(s) that the network reads.");
        }
        float[] values = new float[numbers.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = numbers.get(i).floatValue();
        }
        return new Initializer(List.of(1, values.length, 1, 1), values);
    }

    /** Nodes one after the other, ending in a network's own input. */
    private static final class Chain {
        private static final String PREFIX = "sapper.input";

        private final Graph graph;
        private final Input own;
        private final List<Operator> operators = new ArrayList<>();
        private final List<List<Initializer>> constants = new ArrayList<>();

        Chain(Graph graph, Input own) {
            this.graph = graph;
            this.own = own;
        }

        void add(Operator operator, Initializer... more) {
            operators.add(operator);
            constants.add(List.of(more));
        }

        Graph graph(List<Long> pictures) {
            List<Node> nodes = new ArrayList<>();
            Map<String, Initializer> values = new LinkedHashMap<>(graph.initializers());
            String tensor = PREFIX;
            for (int i = 0; i < operators.size(); i++) {
                String name = PREFIX + "." + (i + 1);
                List<String> inputs = new ArrayList<>(List.of(tensor));
                for (Initializer constant : constants.get(i)) {
                    values.put(name + ".constant", constant);
                    inputs.add(name + ".constant");
                }
                tensor = i == operators.size() - 1 ? own.name() : name;
                nodes.add(new Node(name, operators.get(i), inputs, tensor));
            }
            nodes.addAll(graph.nodes());
            List<Input> inputs = new ArrayList<>(graph.inputs());
            inputs.set(0, new Input(PREFIX, ElementType.FLOAT, pictures));
            return new Graph(inputs, graph.outputs(), nodes, values, graph.origin());
        }
    }
}
