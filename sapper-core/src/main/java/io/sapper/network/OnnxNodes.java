package io.sapper.network;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.sapper.network.operator.Attributes;
import io.sapper.network.operator.Operator;
import io.sapper.network.operator.OperatorType;
import io.sapper.network.operator.Operators;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The nodes of one graph, one branch, or one call of a local function, on their way to ours. */
final class OnnxNodes {
    /** Functions and graphs inside each other deeper than this are no network's. */
    private static final int DEEPEST = 64;

    private static final int MOST_NODES = 200_000;

    private final OnnxModel model;
    private final Map<String, Long> opsets;
    private final Map<String, String> names;
    private final String prefix;
    private final Map<String, AttributeProto> given;
    private final int depth;
    private final List<Node> nodes = new ArrayList<>();

    /**
     * @param opsets version of each domain
     * @param names what each name that is known so far stands for
     * @param prefix of the names of all that is made here
     */
    OnnxNodes(OnnxModel model, Map<String, Long> opsets, Map<String, String> names, String prefix) {
        this(model, opsets, names, prefix, Map.of(), 0);
    }

    private OnnxNodes(
            OnnxModel model,
            Map<String, Long> opsets,
            Map<String, String> names,
            String prefix,
            Map<String, AttributeProto> given,
            int depth) {
        this.model = model;
        this.opsets = opsets;
        this.names = new HashMap<>(names);
        this.prefix = prefix;
        this.given = given;
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
        String known = names.get(name);
        if (known == null) {
            throw model.malformed("", "nothing makes the tensor " + name + ".");
        }
        return known;
    }

    private void read(NodeProto proto) throws IOException {
        String domain = OnnxModel.domain(proto.getDomain());
        String name = prefix + name(proto);
        FunctionProto function = model.function(proto.getDomain(), proto.getOpType());
        if (function != null) {
            call(name, proto, function);
        } else if (domain.isEmpty() && proto.getOpType().equals("Constant")) {
            constant(name, proto);
        } else {
            nodes.add(node(name, domain, proto));
        }
        if (nodes.size() > MOST_NODES) {
            throw model.unsupported(name, "more than " + MOST_NODES + " nodes are not read.");
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
        OnnxForm form = new OnnxForm(
                name,
                domain,
                proto.getOpType(),
                version,
                attributes(name, proto),
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
        } catch (IllegalArgumentException e) {
            throw model.malformed(name, String.valueOf(e.getMessage()) + ".");
        }
    }

    private void check(String name, String text, OnnxForm form, OperatorType type) throws IOException {
        for (String attribute : form.attributes.keySet()) {
            if (!type.attributes().contains(attribute)) {
                throw model.unsupported(
                        name, "the attribute " + attribute + " of " + text + " is not supported.");
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
            String known = input.isEmpty() ? "" : names.get(input);
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
            if (depth == 0 && model.taken(prefix + output)) {
                throw model.malformed(name, "it makes " + output + ", which is there already.");
            }
            String made = model.newTensor(prefix + output);
            names.put(output, made);
            outputs.add(made);
        }
        return outputs;
    }

    private Map<String, Object> attributes(String name, NodeProto proto) throws IOException {
        Map<String, Object> found = new TreeMap<>();
        for (AttributeProto attribute : proto.getAttributeList()) {
            AttributeProto meant = attribute;
            if (!attribute.getRefAttrName().isEmpty()) {
                AttributeProto handed = given.get(attribute.getRefAttrName());
                if (handed == null) {
                    continue; // then the operator's own default holds
                }
                meant = handed;
            }
            if (found.put(attribute.getName(), value(name, attribute.getName(), meant)) != null) {
                throw model.malformed(name, "it has the attribute " + attribute.getName() + " twice.");
            }
        }
        return found;
    }

    private Object value(String node, String name, AttributeProto proto) throws IOException {
        return switch (type(proto)) {
            case INT -> proto.getI();
            case FLOAT -> proto.getF();
            case STRING -> proto.getS().toStringUtf8();
            case INTS -> List.copyOf(proto.getIntsList());
            case FLOATS -> List.copyOf(proto.getFloatsList());
            case STRINGS ->
                proto.getStringsList().stream().map(text -> text.toStringUtf8()).toList();
            case TENSOR -> new OnnxTensor(model.file(), node + "." + name, proto.getT()).read();
            case GRAPH -> body(node + "." + name + "/", proto.getG());
            default -> throw model.unsupported(node, "the attribute " + name + " is of a kind that is not supported.");
        };
    }

    /** Files of the first version do not say it. */
    private static AttributeProto.AttributeType type(AttributeProto proto) {
        if (proto.getType() != AttributeProto.AttributeType.UNDEFINED) {
            return proto.getType();
        }
        if (proto.hasT()) {
            return AttributeProto.AttributeType.TENSOR;
        } else if (proto.hasG()) {
            return AttributeProto.AttributeType.GRAPH;
        } else if (proto.hasS()) {
            return AttributeProto.AttributeType.STRING;
        } else if (proto.hasF()) {
            return AttributeProto.AttributeType.FLOAT;
        } else if (proto.hasI()) {
            return AttributeProto.AttributeType.INT;
        } else if (proto.getFloatsCount() > 0) {
            return AttributeProto.AttributeType.FLOATS;
        } else if (proto.getStringsCount() > 0) {
            return AttributeProto.AttributeType.STRINGS;
        }
        return AttributeProto.AttributeType.INTS;
    }

    private void constant(String name, NodeProto proto) throws IOException {
        Map<String, Object> attributes = attributes(name, proto);
        if (proto.getOutputCount() != 1 || attributes.size() != 1 || proto.getInputCount() > 0) {
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
        if (depth == 0 && model.taken(prefix + proto.getOutput(0))) {
            throw model.malformed(name, "it makes " + proto.getOutput(0) + ", which is there already.");
        }
        if (depth == 0) {
            model.constant(proto.getOutput(0), value);
            names.put(proto.getOutput(0), proto.getOutput(0));
        } else {
            names.put(proto.getOutput(0), model.keep(prefix + proto.getOutput(0), value));
        }
    }

    /** A graph inside a node. What it stores is kept with the network's own. */
    private Body body(String inner, GraphProto proto) throws IOException {
        OnnxNodes inside = inside(opsets, names, prefix + inner, given);
        List<String> inputs = new ArrayList<>();
        for (TensorProto tensor : proto.getInitializerList()) {
            Initializer value = new OnnxTensor(model.file(), tensor.getName(), tensor).read();
            inside.names.put(tensor.getName(), model.keep(prefix + inner + tensor.getName(), value));
        }
        for (ValueInfoProto input : proto.getInputList()) {
            String made = model.newTensor(prefix + inner + input.getName());
            inside.names.put(input.getName(), made);
            inputs.add(made);
        }
        List<Node> read = inside.read(proto.getNodeList());
        List<String> outputs = new ArrayList<>();
        for (ValueInfoProto output : proto.getOutputList()) {
            outputs.add(inside.tensor(output.getName()));
        }
        return new Body(inputs, outputs, read);
    }

    private OnnxNodes inside(
            Map<String, Long> versions,
            Map<String, String> known,
            String inner,
            Map<String, AttributeProto> attributes)
            throws IOException {
        if (depth >= DEEPEST) {
            throw model.unsupported(
                    prefix, "functions and graphs more than " + DEEPEST + " deep inside each other are not read.");
        }
        return new OnnxNodes(model, versions, known, inner, attributes, depth + 1);
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
        Map<String, AttributeProto> handed = new HashMap<>();
        for (AttributeProto attribute : function.getAttributeProtoList()) {
            handed.put(attribute.getName(), attribute);
        }
        for (AttributeProto attribute : proto.getAttributeList()) {
            AttributeProto meant = attribute.getRefAttrName().isEmpty() ? attribute : given.get(attribute.getRefAttrName());
            if (meant != null) {
                handed.put(attribute.getName(), meant);
            }
        }
        Map<String, Long> versions = new HashMap<>(opsets);
        versions.putAll(model.opsets(function.getOpsetImportList()));
        OnnxNodes inside = inside(versions, known, name + "/", handed);
        nodes.addAll(inside.read(function.getNodeList()));
        for (int i = 0; i < proto.getOutputCount(); i++) {
            if (!proto.getOutput(i).isEmpty()) {
                names.put(proto.getOutput(i), inside.tensor(function.getOutput(i)));
            }
        }
    }
}
