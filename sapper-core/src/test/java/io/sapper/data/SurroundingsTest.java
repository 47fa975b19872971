package io.sapper.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class SurroundingsTest {
    private static final Path HOME = Path.of("/home/u");

    @Test
    void cacheIsWhereTheSystemKeepsCaches() {
        assertThat(cache(Map.of(), "Linux")).isEqualTo("/home/u/.cache/sapper");
        assertThat(cache(Map.of("XDG_CACHE_HOME", "/x"), "Linux")).isEqualTo("/x/sapper");
        assertThat(cache(Map.of("XDG_CACHE_HOME", "relative"), "Linux")).isEqualTo("/home/u/.cache/sapper");
        assertThat(cache(Map.of("XDG_CACHE_HOME", "/x", "SAPPER_CACHE", "/own"), "Linux"))
                .isEqualTo("/own");
        assertThat(cache(Map.of(), "Mac OS X")).isEqualTo("/home/u/Library/Caches/sapper");
        assertThat(cache(Map.of("LOCALAPPDATA", "/l"), "Windows 11")).isEqualTo("/l/sapper/cache");
    }

    /** Java itself asks the system, and not the variable that containers and sudo set. */
    @Test
    void homeIsWhereTheUserSaysItIs() {
        assertThat(cache(Map.of("HOME", "/elsewhere"), "Linux")).isEqualTo("/elsewhere/.cache/sapper");
        assertThat(cache(Map.of("HOME", "/elsewhere", "XDG_CACHE_HOME", "/x"), "Linux"))
                .isEqualTo("/x/sapper");
        assertThat(cache(Map.of("HOME", "/elsewhere"), "Mac OS X")).isEqualTo("/elsewhere/Library/Caches/sapper");
        assertThat(cache(Map.of("HOME", "relative"), "Linux")).isEqualTo("/home/u/.cache/sapper");
        assertThat(cache(Map.of("HOME", "/c/msys", "LOCALAPPDATA", "/l"), "Windows 11"))
                .isEqualTo("/l/sapper/cache");
    }

    @Test
    void npmIsFoundOnThePath(@TempDir Path folder) throws IOException {
        Path npm = Files.createFile(folder.resolve("npm"));
        Map<String, String> environment = Map.of("PATH", "/nowhere::" + folder);
        assertThat(Surroundings.of(environment, "Linux", HOME).npm()).isEmpty();
        assertThat(npm.toFile().setExecutable(true)).isTrue();
        assertThat(Surroundings.of(environment, "Linux", HOME).npm()).containsExactly(npm.toString());
        assertThat(Surroundings.of(Map.of(), "Linux", HOME).npm()).isEmpty();
    }

    /** A path that cannot be is told with the variable that names it; in PATH it concerns nobody. */
    @Test
    void pathsThatCannotBeAreNamed() {
        assertThatThrownBy(() -> Surroundings.of(Map.of("SAPPER_DATA", "/a\0b"), "Linux", HOME))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SAPPER_DATA names '/a\0b', which is no path here (Nul character not allowed)");
        assertThatThrownBy(() -> Surroundings.of(Map.of("SAPPER_CACHE", "\0"), "Linux", HOME))
                .hasMessageStartingWith("SAPPER_CACHE names");
        assertThat(Surroundings.of(Map.of("PATH", "/a\0b:/bin"), "Linux", HOME).data())
                .isEmpty();
    }

    private static String cache(Map<String, String> environment, String system) {
        return Surroundings.of(environment, system, HOME).cache().toString();
    }
}
