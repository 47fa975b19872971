package io.sapper.network;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/**
 * Walks over the encoding of an ONNX file before anything is made of it: every length must fit what is around it, every
 * number the 64 bits it may have, and messages must neither nest nor count more than any real model's. What a parser
 * makes of a byte can be a hundred times as large as the byte.
 */
final class WireCheck {
    /** As deep as the parser goes. */
    static final int DEEPEST = 100;

    /** Fields outside the numbers of tensors; more are no network. */
    static final int MOST_FIELDS = 5_000_000;

    /** Kinds of messages that hold others of interest; the rest are leaves. */
    private enum Kind {
        MODEL,
        GRAPH,
        NODE,
        ATTRIBUTE,
        TENSOR,
        VALUE,
        TYPE,
        TENSOR_TYPE,
        SHAPE,
        SPARSE,
        FUNCTION,
        TRAINING,
        LEAF
    }

    private static final Map<Kind, Map<Integer, Kind>> INSIDE = Map.of(
            Kind.MODEL,
            Map.of(7, Kind.GRAPH, 8, Kind.LEAF, 14, Kind.LEAF, 20, Kind.TRAINING, 25, Kind.FUNCTION),
            Kind.GRAPH,
            Map.of(1, Kind.NODE, 5, Kind.TENSOR, 11, Kind.VALUE, 12, Kind.VALUE, 13, Kind.VALUE, 15, Kind.SPARSE),
            Kind.NODE,
            Map.of(5, Kind.ATTRIBUTE),
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
                    14,
                    Kind.TYPE,
                    15,
                    Kind.TYPE,
                    22,
                    Kind.SPARSE,
                    23,
                    Kind.SPARSE),
            Kind.VALUE,
            Map.of(2, Kind.TYPE),
            Kind.TYPE,
            Map.of(1, Kind.TENSOR_TYPE, 4, Kind.LEAF, 5, Kind.LEAF),
            Kind.TENSOR_TYPE,
            Map.of(2, Kind.SHAPE),
            Kind.SHAPE,
            Map.of(1, Kind.LEAF),
            Kind.FUNCTION,
            Map.of(7, Kind.NODE, 9, Kind.LEAF, 11, Kind.ATTRIBUTE, 12, Kind.VALUE, 14, Kind.LEAF),
            Kind.TRAINING,
            Map.of(1, Kind.GRAPH, 2, Kind.GRAPH));

    private record Level(Kind kind, int end) {}

    private final byte[] bytes;
    private final Deque<Level> around = new ArrayDeque<>();
    private Level level;
    private int at;
    private int fields;

    WireCheck(byte[] bytes) {
        this.bytes = bytes;
        this.level = new Level(Kind.MODEL, bytes.length);
    }

    /** What is wrong with a file's encoding, and where. */
    static final class Damage extends Exception {
        private static final long serialVersionUID = 1;

        Damage(int at, String problem) {
            super("byte " + at + ": " + problem);
        }
    }

    /** @throws Damage if it is not what the format allows, or nests or counts more than any network */
    void run() throws Damage {
        while (true) {
            if (at < level.end()) {
                field();
            } else if (around.isEmpty()) {
                return;
            } else {
                level = around.pop();
            }
        }
    }

    private void field() throws Damage {
        int start = at;
        long tag = varint();
        int number = (int) (tag >>> 3);
        if (tag < 0 || tag > 0xffff_ffffL || number == 0) {
            throw new Damage(start, "no field can begin there");
        }
        if (level.kind() != Kind.TENSOR && ++fields > MOST_FIELDS) {
            throw new Damage(start, "more than " + MOST_FIELDS + " fields");
        }
        switch ((int) (tag & 7)) {
            case 0 -> varint();
            case 1 -> skip(start, Long.BYTES);
            case 2 -> lengthDelimited(start, number);
            case 5 -> skip(start, Integer.BYTES);
            default -> throw new Damage(start, "a field of a kind that ONNX does not have");
        }
    }

    private void lengthDelimited(int start, int number) throws Damage {
        long length = varint();
        int left = level.end() - at;
        if (length < 0 || length > left) {
            throw new Damage(
                    start, "a part of " + Long.toUnsignedString(length) + " bytes, where " + left + " are left");
        }
        Kind inside = INSIDE.getOrDefault(level.kind(), Map.of()).get(number);
        if (inside == null) {
            at += (int) length;
            return;
        }
        if (around.size() + 1 >= DEEPEST) {
            throw new Damage(start, "more than " + DEEPEST + " parts inside each other");
        }
        around.push(level);
        level = new Level(inside, at + (int) length);
    }

    private void skip(int start, int count) throws Damage {
        if (level.end() - at < count) {
            throw new Damage(start, "a number that is cut off");
        }
        at += count;
    }

    private long varint() throws Damage {
        int start = at;
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at >= level.end()) {
                throw new Damage(start, "a number that is cut off");
            }
            byte next = bytes[at++];
            if (shift == 63 && (next & 0xfe) != 0) {
                break;
            }
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new Damage(start, "a number of more than 64 bits");
    }
}
