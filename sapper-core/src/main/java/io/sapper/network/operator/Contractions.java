package io.sapper.network.operator;

import static io.sapper.network.operator.OperatorType.type;
import static io.sapper.network.operator.Sizes.require;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Sums of products over named dimensions, and determinants. */
final class Contractions {
    private static final String REST = "...";

    private Contractions() {}

    static List<OperatorType> types() {
        return List.of(
                type("Einsum", Contractions::einsum)
                        .inputs(1, Integer.MAX_VALUE)
                        .attributes("equation")
                        .weights(0, 1)
                        .sizes(Contractions::einsumSizes)
                        .build(),
                type("Det", call -> torch.det(Types.needReal(call.in(0))))
                        .sizes(Contractions::detSizes)
                        .build());
    }

    private static String equation(Attributes set) {
        return set.text("equation", "").replace(" ", "");
    }

    private static Tensor einsum(Call call) {
        return torch.einsum(
                equation(call.attributes()), new TensorVector(call.all().toArray(new Tensor[0])));
    }

    private static List<long[]> einsumSizes(Known known) {
        String[] sides = equation(known.attributes()).split("->", -1);
        String[] terms = sides[0].split(",", -1);
        require(terms.length == known.count(), terms.length + " terms for " + known.count() + " inputs");
        Map<Character, Long> sizes = new TreeMap<>(); // in the order in which an unnamed result has them
        Map<Character, Integer> uses = new TreeMap<>();
        long[] rest = {};
        for (int i = 0; i < terms.length; i++) {
            rest = Sizes.broadcast(rest, add(terms[i], known.shape(i), sizes, uses));
        }
        String result = sides.length > 1 ? sides[1] : (sides[0].contains(REST) ? REST : "") + once(uses);
        List<Long> shape = new ArrayList<>();
        for (char letter : result.replace(REST, ".").toCharArray()) {
            if (letter == '.') {
                Arrays.stream(rest).forEach(shape::add);
            } else {
                require(sizes.containsKey(letter), "no input has the dimension " + letter);
                shape.add(sizes.get(letter));
            }
        }
        return List.of(shape.stream().mapToLong(Long::longValue).toArray());
    }

    private static String once(Map<Character, Integer> uses) {
        StringBuilder letters = new StringBuilder();
        uses.forEach((letter, count) -> letters.append(count == 1 ? letter.toString() : ""));
        return letters.toString();
    }

    /** Notes the sizes of one input's dimensions; gives those that have no names. */
    private static long[] add(String term, long[] shape, Map<Character, Long> sizes, Map<Character, Integer> uses) {
        String letters = term.replace(REST, "");
        require(letters.chars().allMatch(Character::isLetter), "the term " + term + " is not understood");
        int unnamed = shape.length - letters.length();
        require(
                unnamed == 0 || (unnamed > 0 && term.contains(REST)),
                "the term " + term + " does not fit shape " + Sizes.text(shape));
        int from = term.contains(REST) ? term.indexOf(REST) : shape.length;
        for (int i = 0; i < letters.length(); i++) {
            long size = shape[i < from ? i : i + unnamed];
            long before = sizes.getOrDefault(letters.charAt(i), 1L);
            require(before == 1 || size == 1 || before == size, "dimension " + letters.charAt(i) + " has two sizes");
            sizes.put(letters.charAt(i), before == 1 ? size : before);
            uses.merge(letters.charAt(i), 1, Integer::sum);
        }
        return Arrays.copyOfRange(shape, Math.min(from, shape.length), Math.min(from, shape.length) + unnamed);
    }

    private static List<long[]> detSizes(Known known) {
        long[] shape = known.shape(0);
        int rank = shape.length;
        require(rank >= 2 && shape[rank - 1] == shape[rank - 2], "no square matrices: " + Sizes.text(shape));
        return List.of(Arrays.copyOf(shape, rank - 2));
    }
}
