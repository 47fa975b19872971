package io.sapper.network.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OperatorsPageTest {
    @Test
    void thePageHasARowForEveryOperator() throws IOException {
        String page = Files.readString(Path.of("../docs/operators.md"));
        assertThat(Operators.all()).allSatisfy(type -> {
            String name = type.domain().isEmpty() ? type.name() : type.domain() + "::" + type.name();
            assertThat(page).contains("| " + name + " |");
        });
    }
}
