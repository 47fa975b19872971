package io.sapper.result;

import java.util.List;

/**
 * The filters of a network's first convolution as pictures (BadNets, figure 5).
 *
 * @param network which network
 * @param layer which layer
 * @param filters in channel order
 */
public record FilterPictures(String network, String layer, List<Filter> filters) implements Finding {
    public FilterPictures {
        Parts.present(network, "network");
        Parts.present(layer, "layer");
        filters = Parts.list(filters, "filters");
    }

    /**
     * One filter.
     *
     * @param channel output channel, from 0
     * @param height rows
     * @param width columns
     * @param weights row by row, averaged over the input channels
     * @param triggerResponse how much the trigger raises this channel's mean activation in the places it reaches; NaN
     *     where the trigger is unknown
     * @param responsible whether it is among the filters that respond to the trigger most
     */
    public record Filter(
            int channel, int height, int width, List<Float> weights, double triggerResponse, boolean responsible) {
        public Filter {
            weights = Parts.list(weights, "weights");
            if (height < 1 || width < 1 || weights.size() != (long) height * width) {
                throw new IllegalArgumentException("A filter of " + height + " x " + width
                        + " needs as many weights, not " + weights.size() + ".");
            }
        }
    }
}
