package io.sapper.network;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.sapper.network.operator.Attributes;
import io.sapper.network.operator.NotSupported;
import io.sapper.network.operator.Operator;
import io.sapper.network.operator.OperatorType;
import io.sapper.network.operator.Operators;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The nodes of one graph, one branch, or one call of a local function, on their way to ours. */
final class OnnxNodes {
    /** Functions and graphs inside each other deeper than this are no network's. */
    private static final int DEEPEST = 64;

    /** The graphs that an operator must have. */
    private static final Map<String, List<String>> GRAPHS =
            Map.of("If", List.of("then_branch", "else_branch"), "Loop", List.of("body"), "Scan", List.of("body"));

    private final OnnxModel model;
    private final @Nullable OnnxNodes around; // whose names hold here too
    private final Map<String, Long> opsets;
    private final Map<String, String> names;
    private final String prefix;
    private final @Nullable Map<String, AttributeProto> given;
    private final List<String> calls; // local functions that this lies in
    private final int depth;
    private final List<Node> nodes = new ArrayList<>();

    /**
     * The outermost graph.
     *
     * @param opsets version of each domain
     * @param names what each name that is known so far stands for
     */
    OnnxNodes(OnnxModel model, Map<String, Long> opsets, Map<String, String> names) {
        this(model, null, opsets, names, "", null, List.of(), 0);
    }

    private OnnxNodes(
            OnnxModel model,
            @Nullable OnnxNodes around,
            Map<String, Long> opsets,
            Map<String, String> names,
            String prefix,
            @Nullable Map<String, AttributeProto> given,
            List<String> calls,
            int depth) {
        this.model = model;
        this.around = around;
        this.opsets = opsets;
        this.names = new HashMap<>(names);
        this.prefix = prefix;
        this.given = given;
        this.calls = calls;
        this.depth = depth;
    }

    List<Node> read(List<NodeProto> protos) throws IOException {
        for (NodeProto proto : protos) {
            read(proto);
        }
        return nodes;
    }

    /** What a name of the file stands for in the graph. */
    String tensor(String name) throws IOException {
        String known = known(name);
        if (name.isEmpty() || known == null) {
            throw model.malformed(
                    "", name.isEmpty() ? "an output has no name." : "nothing makes the tensor " + name + ".");
        }
        return known;
    }

    private @Nullable String known(String name) {
        for (OnnxNodes at = this; at != null; at = at.around) {
            String known = at.names.get(name);
            if (known != null) {
                return known;
            }
        }
        return null;
    }

    private void read(NodeProto proto) throws IOException {
        String domain = OnnxModel.domain(proto.getDomain());
        String name = Names.inside(prefix, name(proto));
        model.step(name);
        if (proto.getOpType().isEmpty()) {
            throw model.malformed(name, "it does not say which operator it is.");
        }
        FunctionProto function = model.function(proto.getDomain(), proto.getOpType());
        if (function != null) {
            call(name, proto, function);
        } else if (domain.isEmpty() && proto.getOpType().equals("Constant")) {
            constant(name, proto);
        } else {
            nodes.add(node(name, domain, proto));
        }
    }

    /** A node may lack a name; its output always has one. */
    private static String name(NodeProto proto) {
        if (!proto.getName().isEmpty()) {
            return proto.getName();
        }
        return proto.getOutputCount() > 0 ? proto.getOutput(0) : proto.getOpType();
    }

    private Node node(String name, String domain, NodeProto proto) throws IOException {
        String text = (domain.isEmpty() ? "" : domain + "::") + proto.getOpType();
        Long version = opsets.get(domain);
        if (version == null) {
            throw model.malformed(name, "it is of the domain '" + domain + "', whose version is not said.");
        }
        String age = domain.isEmpty() ? OperatorAges.problem(proto.getOpType(), version) : "";
        if (!age.isEmpty()) {
            throw model.malformed(name, "the operator " + text + " " + age + ".");
        }
        OnnxForm form = new OnnxForm(
                name,
                domain,
                proto.getOpType(),
                version,
                attributes(name).read(proto.getAttributeList()),
                inputs(name, proto),
                proto.getOutputList(),
                value -> model.keep(name + ".constant", value),
                model::value);
        try {
            if (domain.isEmpty()) {
                Upgrades.apply(form);
            }
            OperatorType type = Operators.find(form.domain, form.operator)
                    .orElseThrow(() -> model.unsupported(name, "the operator " + text + " is not supported."));
            check(name, text, form, type);
            return new Node(
                    model.newNode(name),
                    new Operator(form.domain, form.operator, form.set()),
                    form.inputs,
                    outputs(name, form.outputs));
        } catch (NotSupported e) {
            throw model.unsupported(name, e.getMessage() + ".");
        } catch (IllegalArgumentException e) {
            throw model.malformed(name, String.valueOf(e.getMessage()) + ".");
        }
    }

    private void check(String name, String text, OnnxForm form, OperatorType type) throws IOException {
        for (String attribute : form.attributes.keySet()) {
            if (!type.attributes().contains(attribute)) {
                throw model.unsupported(name, "the attribute " + attribute + " of " + text + " is not supported.");
            }
        }
        for (String graph : GRAPHS.getOrDefault(form.operator, List.of())) {
            if (!form.attributes.containsKey(graph)) { // else that would be found when it is needed, or never
                throw model.malformed(name, "it lacks the graph " + graph + ".");
            }
        }
        while (!form.inputs.isEmpty() && form.inputs.get(form.inputs.size() - 1).isEmpty()) {
            form.inputs.remove(form.inputs.size() - 1);
        }
        int inputs = form.inputs.size();
        if (inputs < type.leastInputs() || inputs > type.mostInputs()) {
            throw model.malformed(name, text + " cannot have " + inputs + " input(s).");
        }
        if (form.outputs.isEmpty() || form.outputs.size() > type.mostOutputs()) {
            throw model.malformed(name, text + " cannot have " + form.outputs.size() + " output(s).");
        }
    }

    private List<String> inputs(String name, NodeProto proto) throws IOException {
        List<String> inputs = new ArrayList<>();
        for (String input : proto.getInputList()) {
            String known = input.isEmpty() ? "" : known(input);
            if (known == null) {
                throw model.malformed(name, "it reads " + input + ", which nothing made.");
            }
            inputs.add(known);
        }
        return inputs;
    }

    private List<String> outputs(String name, List<String> wanted) throws IOException {
        List<String> outputs = new ArrayList<>();
        for (String output : wanted) {
            if (output.isEmpty()) {
                outputs.add("");
                continue;
            }
            if (depth == 0 && model.taken(output)) {
                throw model.malformed(name, "it makes " + output + ", which is there already.");
            }
            String made = model.newTensor(Names.inside(prefix, output));
            names.put(output, made);
            outputs.add(made);
        }
        return outputs;
    }

    private OnnxAttributes attributes(String name) {
        return new OnnxAttributes(model, name, given, (attribute, proto) -> body(name + "." + attribute + "/", proto));
    }

    private void constant(String name, NodeProto proto) throws IOException {
        Map<String, Object> attributes = attributes(name).read(proto.getAttributeList());
        if (proto.getOutputCount() != 1
                || attributes.size() != 1
                || proto.getInputCount() > 0
                || proto.getOutput(0).isEmpty()) {
            throw model.malformed(name, "a Constant has one value and one output.");
        }
        String kind = attributes.keySet().iterator().next();
        Attributes set = Attributes.of(attributes);
        Initializer value =
                switch (kind) {
                    case "value" -> set.tensor(kind);
                    case "value_int" -> Initializer.of(List.of(), set.integer(kind, 0));
                    case "value_float" -> new Initializer(List.of(), new float[] {set.real(kind, 0)});
                    case "value_ints" -> Initializer.of(List.of(set.integers(kind).length), set.integers(kind));
                    case "value_floats" -> new Initializer(List.of(set.reals(kind).length), set.reals(kind));
                    default -> throw model.unsupported(name, "a Constant with " + kind + " is not supported.");
                };
        if (depth == 0 && model.taken(proto.getOutput(0))) {
            throw model.malformed(name, "it makes " + proto.getOutput(0) + ", which is there already.");
        }
        if (depth == 0) {
            model.constant(proto.getOutput(0), value);
            names.put(proto.getOutput(0), proto.getOutput(0));
        } else {
            names.put(proto.getOutput(0), model.keep(Names.inside(prefix, proto.getOutput(0)), value));
        }
    }

    /** A graph inside a node. What it stores is kept with the network's own. */
    private Body body(String inner, GraphProto proto) throws IOException {
        OnnxNodes inside = inside(this, opsets, Map.of(), inner, given, calls);
        if (proto.getSparseInitializerCount() > 0) {
            throw model.unsupported(inner, "sparse weights are not read. Maybe export it with dense ones.");
        }
        for (TensorProto tensor : proto.getInitializerList()) {
            Initializer stored = model.stored(tensor.getName(), tensor);
            inside.define(tensor.getName(), model.keep(Names.inside(inner, tensor.getName()), stored));
        }
        List<String> inputs = new ArrayList<>();
        for (ValueInfoProto input : proto.getInputList()) {
            String made = model.newTensor(Names.inside(inner, input.getName()));
            inside.define(input.getName(), made);
            inputs.add(made);
        }
        List<Node> read = inside.read(proto.getNodeList());
        List<String> outputs = new ArrayList<>();
        for (ValueInfoProto output : proto.getOutputList()) {
            outputs.add(inside.tensor(output.getName()));
        }
        return new Body(inputs, outputs, read);
    }

    private void define(String name, String meaning) throws IOException {
        if (name.isEmpty() || names.put(name, meaning) != null) {
            throw model.malformed(prefix, name.isEmpty() ? "a tensor has no name." : "it has " + name + " twice.");
        }
    }

    private OnnxNodes inside(
            @Nullable OnnxNodes outer,
            Map<String, Long> versions,
            Map<String, String> known,
            String inner,
            @Nullable Map<String, AttributeProto> attributes,
            List<String> functions)
            throws IOException {
        if (depth >= DEEPEST) {
            throw model.unsupported(
                    prefix, "functions and graphs more than " + DEEPEST + " deep inside each other are not read.");
        }
        return new OnnxNodes(model, outer, versions, known, Names.inside("", inner), attributes, functions, depth + 1);
    }

    /** Puts a local function's nodes where it is called. */
    private void call(String name, NodeProto proto, FunctionProto function) throws IOException {
        if (proto.getInputCount() > function.getInputCount() || proto.getOutputCount() > function.getOutputCount()) {
            throw model.malformed(name, "the function " + function.getName() + " has fewer inputs or outputs.");
        }
        Map<String, String> known = new HashMap<>();
        List<String> inputs = inputs(name, proto);
        for (int i = 0; i < function.getInputCount(); i++) {
            known.put(function.getInput(i), i < inputs.size() ? inputs.get(i) : "");
        }
        OnnxCall call = new OnnxCall(model, name, proto, function);
        OnnxNodes inside =
                inside(null, call.versions(opsets), known, name + "/", call.handed(given), call.within(calls));
        nodes.addAll(inside.read(function.getNodeList()));
        for (int i = 0; i < proto.getOutputCount(); i++) {
            String output = proto.getOutput(i);
            if (depth == 0 && model.taken(output)) {
                throw model.malformed(name, "it makes " + output + ", which is there already.");
            }
            if (!output.isEmpty()) {
                names.put(output, inside.tensor(function.getOutput(i)));
                model.newTensor(output); // so that nothing else makes it
            }
        }
    }
}
