package io.sapper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    @Test
    void theExampleIsTheOneThatIsCompiled() throws IOException {
        String source = Files.readString(Path.of("src/test/java/io/sapper/ReadmeExample.java"));
        String compiled = source.substring(source.indexOf("// <api>") + 8, source.indexOf("// </api>"))
                .stripIndent()
                .strip();
        String imports =
                source.lines().filter(line -> line.startsWith("import ")).collect(Collectors.joining("\n"));
        assertThat(compiled.lines().count()).isLessThan(20);
        assertThat(Files.readString(Path.of("../README.md")))
                .contains("```java\n" + imports + "\n\n" + compiled + "\n```");
    }

    @Test
    void theCoordinatesAreTheModules() throws IOException {
        String module = Files.readString(Path.of("pom.xml"));
        String version = module.replaceAll("(?s).*?<parent>.*?<version>([^<]+)</version>.*", "$1");
        assertThat(module).contains("<artifactId>sapper</artifactId>");
        assertThat(Files.readString(Path.of("../README.md")))
                .contains("<groupId>io.sapper</groupId>\n  <artifactId>sapper</artifactId>\n  <version>" + version);
    }
}
