package io.sapper.result;

import java.util.List;

/**
 * What a repaired file has that the one it came from had not; all else is the same.
 *
 * @param file name of the file that was written
 * @param stored how many tensors the network stores
 * @param tensors those whose numbers differ, in the order of the file
 * @param nodes those that were added
 */
public record Changes(String file, int stored, List<ChangedTensor> tensors, List<AddedNode> nodes) implements Finding {
    public Changes {
        Parts.present(file, "file");
        tensors = Parts.list(tensors, "tensors");
        nodes = Parts.list(nodes, "nodes");
    }

    /**
     * A stored tensor with other numbers.
     *
     * @param name in the file
     * @param type of its elements, for example {@code float16}
     * @param shape its sizes
     * @param numbers how many of its numbers differ
     * @param largest the largest difference
     * @param relative length of the difference as a part of the length it had; not a number where that was 0
     */
    public record ChangedTensor(
            String name, String type, List<Integer> shape, int numbers, double largest, double relative) {
        public ChangedTensor {
            Parts.present(name, "name");
            Parts.present(type, "type");
            shape = Parts.list(shape, "shape");
        }
    }

    /**
     * A node that was not there.
     *
     * @param name of the node
     * @param operator what it does
     * @param channels how many channels it switches off
     */
    public record AddedNode(String name, String operator, int channels) {
        public AddedNode {
            Parts.present(name, "name");
            Parts.present(operator, "operator");
        }
    }
}
