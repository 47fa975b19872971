package io.sapper.network;

import java.util.Objects;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * libtorch, loaded once. BLAS is pinned to one thread: its threads beside OpenMP's cost more than they bring (design,
 * Threads).
 */
public final class Engine {
    /** More threads, or replicas of a network, than this only wait for each other: four a core, and 64 anywhere. */
    public static final int MOST_THREADS = Math.max(64, 4 * Runtime.getRuntime().availableProcessors());

    private static final String GPU_HINT = " Maybe the GPU build is not installed: build with the Maven profile cuda.";

    static {
        // JavaCPP would otherwise watch the garbage collector to free natives, and call System.gc() when the process
        // grows. Here whoever opens closes, so neither is wanted.
        System.setProperty("org.bytedeco.javacpp.nopointergc", "true");
        System.setProperty("org.bytedeco.javacpp.maxphysicalbytes", "0");
    }

    private Engine() {}

    /** Loads libtorch and sets how many threads it uses inside one operation of the calling thread. */
    public static void threads(int count) {
        if (count < 1 || count > MOST_THREADS) {
            throw new IllegalArgumentException(
                    "Threads must be 1 to " + MOST_THREADS + " on this machine, not " + count + ".");
        }
        openblas_nolapack.blas_set_num_threads(1);
        torch.set_num_threads(count);
    }

    /** How many threads libtorch uses inside one operation of the calling thread. */
    public static int threads() {
        return torch.get_num_threads();
    }

    /** The version of libtorch's JavaCPP presets in use; begins with libtorch's own. */
    public static String version() {
        return Objects.requireNonNullElse(torch.class.getPackage().getImplementationVersion(), "unknown");
    }

    /** Whether this build of libtorch sees a CUDA device. */
    public static boolean hasCuda() {
        return torch.hasCUDA() && torch.cuda_is_available();
    }

    /**
     * Throws {@code IllegalArgumentException}, saying why, if the device cannot be used here. If it can, it will give
     * the same bits for the same input from then on.
     */
    public static void check(Compute compute) {
        if (compute == Compute.CPU) {
            return;
        }
        if (!hasCuda()) {
            throw new IllegalArgumentException("No CUDA device can be used here." + (torch.hasCUDA() ? "" : GPU_HINT));
        }
        repeatable();
    }

    /**
     * Lets libtorch take only algorithms that give the same bits every time, in the whole process
     * (docs/decisions/0030). It warns of what it has no such algorithm for, with its name, and goes on.
     */
    static void repeatable() {
        Context context = torch.globalContext();
        context.setDeterministicAlgorithms(true, true);
        // Else every new tensor would be filled with NaN first; no operator here reads what it did not write.
        context.setDeterministicFillUninitializedMemory(false);
        context.setDeterministicCuDNN(true);
        context.setBenchmarkCuDNN(false); // the fastest of a few tries is another algorithm another time
        context.setAllowTF32CuDNN(false); // ten bits instead of 23: the same twice, but far from the CPU's
        context.setAllowTF32CuBLAS(false);
    }

    /** Bytes that are free on the GPU. */
    static long freeDeviceMemory() {
        try (PointerScope scope = new PointerScope()) {
            return torch.getMemoryInfo((byte) 0).first();
        }
    }

    /**
     * A tensor on the device, in the caller's scope. The way there leads through memory that the GPU reads by itself,
     * so that nobody waits for it; libtorch keeps that memory until it is read.
     */
    public static Tensor move(Tensor tensor, Compute compute) {
        if (compute == Compute.CPU) {
            return tensor;
        }
        Tensor pinned = tensor.pin_memory();
        return pinned.to(new Device("cuda"), tensor.scalar_type(), true, false, new MemoryFormatOptional());
    }
}
