package io.sapper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    @Test
    void theExampleIsTheOneThatIsCompiled() throws IOException {
        String source = Files.readString(Path.of("src/test/java/io/sapper/ReadmeExample.java"));
        String compiled = source.substring(source.indexOf("// <api>") + 8, source.indexOf("// </api>"))
                .stripIndent()
                .strip();
        assertThat(compiled.lines().count()).isLessThan(15);
        assertThat(Files.readString(Path.of("../README.md"))).contains("```java\n" + compiled + "\n```");
    }
}
