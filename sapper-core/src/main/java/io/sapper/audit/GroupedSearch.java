package io.sapper.audit;

import io.sapper.network.Compute;
import io.sapper.network.Engine;
import io.sapper.network.Graph;
import io.sapper.network.Network;
import io.sapper.network.Workers;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.function.DoubleConsumer;

/**
 * A search in groups that know nothing of each other, each on a replica of the network, several at the same time: what
 * is found depends on the groups, not on how many threads there are.
 */
final class GroupedSearch {
    /** Searches one group. */
    @FunctionalInterface
    interface Group {
        void search(Network replica, int group, Pace pace);
    }

    /** Hears how much of a group is done, 0 to 1; says whether to go on. */
    @FunctionalInterface
    interface Pace {
        boolean goOn(double share);
    }

    private GroupedSearch() {}

    /**
     * Searches all groups.
     *
     * @param threads at once; on a GPU one
     * @param deadline of {@link System#nanoTime}: from then on groups are told not to go on
     * @param heard how much of all is done, 0 to 1; called by several threads
     * @throws CancellationException if the thread is interrupted; its flag stays set
     */
    static void run(
            Graph graph, Compute compute, int threads, int groups, long deadline, DoubleConsumer heard, Group group) {
        int atOnce = compute == Compute.CPU ? Math.min(threads, groups) : 1;
        double[] done = new double[groups];
        Thread caller = Thread.currentThread();
        int before = Engine.threads();
        try (Network network = Network.of(graph, compute);
                Workers workers = new Workers(atOnce)) {
            if (atOnce > 1) {
                Engine.threads(1);
            }
            workers.run(groups, i -> {
                try (Network replica = network.replica()) {
                    group.search(replica, i, share -> {
                        if (caller.isInterrupted()) {
                            throw new CancellationException("The search for triggers was interrupted.");
                        }
                        synchronized (done) {
                            done[i] = share;
                            heard.accept(Arrays.stream(done).sum() / done.length);
                        }
                        return System.nanoTime() - deadline < 0;
                    });
                }
            });
        } finally {
            Engine.threads(before);
        }
    }
}
