package io.sapper.network;

import io.sapper.network.operator.OperatorType.Trait;

/**
 * What an output of a network is, seen through nodes that hand it on.
 *
 * @param tensor the scores before they become probabilities: what a cross-entropy is of
 * @param kind what becomes of them
 */
public record Head(String tensor, Kind kind) {
    /** What a network gives for each class. */
    public enum Kind {
        /** Any numbers; the largest is the answer. */
        SCORES("scores (logits)"),
        /** They sum to one. */
        SOFTMAX("probabilities (softmax)"),
        /** Their exponentials sum to one. */
        LOG_SOFTMAX("logarithms of probabilities (log-softmax)"),
        /** Each by itself between 0 and 1. */
        SIGMOID("probabilities, each by itself (sigmoid)");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** In words, for people. */
        public String text() {
            return text;
        }
    }

    /** Of one of the outputs. */
    public static Head of(Graph graph, String output) {
        String tensor = output;
        for (Node maker = graph.producer(tensor); maker != null; maker = graph.producer(tensor)) {
            Kind kind = kind(maker);
            if (kind != Kind.SCORES) {
                return new Head(maker.data(), kind);
            }
            if (!maker.operator().type().is(Trait.VIEW)) {
                break;
            }
            tensor = maker.data();
        }
        return new Head(output, Kind.SCORES);
    }

    private static Kind kind(Node node) {
        return switch (node.operator().text()) {
            case "Softmax" -> Kind.SOFTMAX;
            case "LogSoftmax" -> Kind.LOG_SOFTMAX;
            case "Sigmoid" -> Kind.SIGMOID;
            default -> Kind.SCORES;
        };
    }
}
