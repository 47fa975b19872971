import io.sapper.network.Graph;
import io.sapper.network.OnnxReader;
import io.sapper.network.OnnxWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads every model below a folder and writes it unrepaired to the same place below another; a line for each: how it
 * went. Usage: Rewrite.java MODELS OUT
 */
public class Rewrite {
    public static void main(String[] arguments) throws IOException {
        Path models = Path.of(arguments[0]);
        Path out = Path.of(arguments[1]);
        List<Path> files;
        try (Stream<Path> all = Files.walk(models)) {
            files = all.filter(file -> file.endsWith("model.onnx")).sorted().toList();
        }
        for (Path file : files) {
            Path relative = models.relativize(file);
            try {
                Graph graph = OnnxReader.read(file);
                OnnxWriter.write(graph, out.resolve(relative));
                System.out.println("written\t" + relative);
            } catch (IOException | IllegalArgumentException e) {
                System.out.println("refused\t" + relative + "\t"
                        + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
            }
        }
    }
}
