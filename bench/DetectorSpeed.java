import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import io.sapper.data.detection.Canvas;
import io.sapper.data.detection.LabelledBox;
import io.sapper.data.detection.Scene;
import io.sapper.data.detection.SceneFolder;
import io.sapper.network.Compute;
import io.sapper.network.Engine;
import io.sapper.network.Graph;
import io.sapper.network.Network;
import io.sapper.network.OnnxReader;
import io.sapper.network.Preprocessing;
import io.sapper.network.Tensors;
import io.sapper.network.detection.Anchors;
import io.sapper.network.detection.Backbone;
import io.sapper.network.detection.Detector;
import io.sapper.network.detection.FasterRcnn;
import io.sapper.network.detection.TwoStageLoss;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * How many photographs a second a detector looks at, or learns from.
 * Usage: DetectorSpeed.java use sapper|onnxruntime MODEL SCENES THREADS SECONDS [together]
 *            (THREADS photographs at the same time, each on one thread, as the product does; together: one photograph
 *            after the other on all threads)
 *        DetectorSpeed.java train SCENES THREADS STEPS   (the paper's network, shorter side 600, one photograph a step)
 */
public class DetectorSpeed {
    private static final int PHOTOGRAPHS = 16;
    private static final List<String> OUTPUTS = List.of(Detector.BOXES, Detector.SCORES, Detector.LABELS);

    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("use")) {
            use(arguments);
        } else {
            train(Path.of(arguments[1]), Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
        }
    }

    private static List<Scene> scenes(Path folder) throws Exception {
        return SceneFolder.read(folder, SceneFolder.Options.DEFAULT).test().scenes().subList(0, PHOTOGRAPHS);
    }

    private static float[] numbers(Canvas canvas, Scene scene) throws Exception {
        byte[] pixels = canvas.pixels(scene);
        float[] numbers = new float[pixels.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (pixels[i] & 0xff) / 255f;
        }
        return numbers;
    }

    /** Looks at some photographs, which are in memory. */
    private interface Look {
        long boxes(int worker, float[] photograph) throws Exception;
    }

    private static void use(String[] arguments) throws Exception {
        Path model = Path.of(arguments[2]);
        int threads = Integer.parseInt(arguments[4]);
        double seconds = Double.parseDouble(arguments[5]);
        Graph graph = OnnxReader.read(model);
        Canvas canvas = Detector.of(graph).canvas();
        List<float[]> photographs = new ArrayList<>();
        for (Scene scene : scenes(Path.of(arguments[3]))) {
            photographs.add(numbers(canvas, scene));
        }
        boolean together = arguments.length > 6;
        int workers = together ? 1 : threads;
        int each = together ? threads : 1;
        List<Integer> shape = List.of(1, Canvas.CHANNELS, canvas.height(), canvas.width());
        if (arguments[1].equals("sapper")) {
            Engine.threads(each);
            try (Network network = Network.of(graph, Compute.CPU)) {
                List<Network> own = new ArrayList<>();
                for (int i = 0; i < workers; i++) {
                    own.add(network.replica());
                }
                report("sapper", workers, each, photographs, seconds, (worker, photograph) -> {
                    try (PointerScope scope = new PointerScope();
                            AutoGradMode off = new AutoGradMode(false)) {
                        Tensor image = Tensors.create(photograph, shape, Compute.CPU);
                        List<Tensor> made = own.get(worker).forward(Map.of(graph.input(), image), OUTPUTS);
                        return Tensors.toArray(made.get(1)).length;
                    }
                });
                own.forEach(Network::close);
            }
        } else {
            OrtEnvironment environment = OrtEnvironment.getEnvironment();
            OrtSession.SessionOptions options = new OrtSession.SessionOptions();
            options.setIntraOpNumThreads(each);
            long[] sizes = shape.stream().mapToLong(Integer::longValue).toArray();
            try (OrtSession session = environment.createSession(model.toString(), options)) {
                report("onnxruntime", workers, each, photographs, seconds, (worker, photograph) -> {
                    try (OnnxTensor image = OnnxTensor.createTensor(environment, FloatBuffer.wrap(photograph), sizes);
                            OrtSession.Result made = session.run(Map.of(graph.input(), image))) {
                        return ((float[]) made.get(Detector.SCORES).orElseThrow().getValue()).length;
                    }
                });
            }
        }
    }

    private static void report(String who, int workers, int each, List<float[]> photographs, double seconds, Look look)
            throws Exception {
        rate(workers, each, photographs, seconds / 2, look);
        System.out.printf(
                Locale.ROOT,
                "{\"who\": \"%s\", \"workers\": %d, \"photographsPerSecond\": %.2f}%n",
                who,
                workers,
                rate(workers, each, photographs, seconds, look));
    }

    private static double rate(int workers, int each, List<float[]> photographs, double seconds, Look look) throws Exception {
        long begin = System.nanoTime();
        AtomicLong done = new AtomicLong();
        AtomicLong boxes = new AtomicLong();
        List<Callable<Void>> all = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            int worker = i;
            all.add(() -> {
                Engine.threads(each);
                while (System.nanoTime() - begin < seconds * 1e9) {
                    boxes.addAndGet(
                            look.boxes(worker, photographs.get((int) (done.getAndIncrement() % photographs.size()))));
                }
                return null;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(workers);
        for (Future<Void> one : threads.invokeAll(all)) {
            one.get();
        }
        threads.shutdown();
        double rate = done.get() / ((System.nanoTime() - begin) / 1e9);
        System.err.println(boxes.get() / done.get() + " boxes a photograph");
        return rate;
    }

    private static void train(Path folder, int threads, int steps) throws Exception {
        Engine.threads(threads);
        List<Scene> scenes = scenes(folder);
        Canvas canvas = Canvas.of(scenes, 600, 16);
        Anchors anchors = Anchors.of(
                scenes.stream().flatMap(scene -> canvas.boxes(scene).stream()).map(LabelledBox::box).toList(),
                Anchors.USUAL);
        Graph zero = FasterRcnn.zf(Backbone.pixels(Preprocessing.UNIT, canvas), canvas, 4, anchors);
        Graph graph = Detector.draw(zero, Detector.learned(zero), 1);
        TwoStageLoss loss = new TwoStageLoss(Detector.of(graph));
        long begin = 0;
        try (Network network = Network.of(graph, Compute.CPU)) {
            graph.trainable().forEach(name -> network.value(name).requires_grad_(true));
            for (int step = -1; step < steps; step++) {
                if (step == 0) {
                    begin = System.nanoTime();
                }
                Scene scene = scenes.get((step + 1) % scenes.size());
                try (PointerScope scope = new PointerScope()) {
                    Tensor image = Tensors.create(
                            numbers(canvas, scene),
                            List.of(1, Canvas.CHANNELS, canvas.height(), canvas.width()),
                            Compute.CPU);
                    Tensor sum = loss.of(
                            network,
                            Map.of(graph.input(), image),
                            List.of(canvas.boxes(scene)),
                            new Random(step),
                            List.of(),
                            new ArrayList<>());
                    sum.backward();
                }
            }
        }
        double each = (System.nanoTime() - begin) / 1e9 / steps;
        long parameters = graph.parameterCount();
        System.out.printf(
                Locale.ROOT,
                "{\"canvas\": \"%s\", \"secondsPerPhotograph\": %.3f, \"parameters\": %d, \"peakGflops\": %.1f,"
                        + " \"multiplyAdds\": \"%s\"}%n",
                canvas,
                each,
                parameters,
                peak(),
                graph.multiplyAdds());
    }

    /** Of a matrix product, the fastest thing that the machine does: multiplications and additions, 1e9 a second. */
    private static double peak() {
        int size = 2048;
        double best = 0;
        for (int i = 0; i < 6; i++) {
            try (PointerScope scope = new PointerScope();
                    AutoGradMode off = new AutoGradMode(false)) {
                Tensor one = torch.ones(size, size);
                long begin = System.nanoTime();
                torch.matmul(one, one).sum().item_float();
                best = Math.max(best, 2.0 * size * size * size / (System.nanoTime() - begin));
            }
        }
        return best;
    }
}
