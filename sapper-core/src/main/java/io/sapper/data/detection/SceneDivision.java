package io.sapper.data.detection;

import io.sapper.data.MalformedFileException;
import io.sapper.data.Seeds;
import io.sapper.data.TextLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Divides photographs: by lists, by the folders that they lie in, or by chance, groups unparted. */
final class SceneDivision {
    /** Train and test, the first pair that is there; {@code val} where a set calls its test so. */
    private static final List<List<String>> LISTS = List.of(
            List.of("train.txt", "test.txt"),
            List.of("ImageSets/Main/trainval.txt", "ImageSets/Main/test.txt"),
            List.of("ImageSets/Main/train.txt", "ImageSets/Main/test.txt"),
            List.of("ImageSets/Main/train.txt", "ImageSets/Main/val.txt"),
            List.of("train.txt", "val.txt"));

    private static final double USUAL_TEST_SHARE = 0.2;

    private SceneDivision() {}

    /**
     * Tells for each photograph whether it is for the test; null for one that a list leaves out.
     *
     * @param scenes after their classes were merged
     * @param read the same photographs as the layout had them, with the part that it says
     */
    static @Nullable Boolean[] divide(
            Path folder, List<Scene> scenes, Layout.Read read, OptionalDouble testShare, long seed, Tally tally)
            throws IOException {
        List<Marked> found = read.scenes();
        if (read.division().isPresent()) {
            refuseShare(testShare, folder, read.division().get() + " divides");
            return said(read.division().get(), found, tally);
        }
        for (List<String> pair : LISTS) {
            Path train = folder.resolve(pair.get(0));
            Path test = folder.resolve(pair.get(1));
            if (Files.isRegularFile(train) && Files.isRegularFile(test)) {
                refuseShare(testShare, folder, pair.get(0) + " and " + pair.get(1) + " divide");
                return listed(train, test, scenes, tally);
            }
        }
        checkPair(folder);
        if (found.stream().allMatch(one -> one.part().isPresent())
                && found.stream().map(Marked::part).distinct().count() == 2) {
            refuseShare(testShare, folder, "folders divide");
            tally.note("division", "by the folders that photographs lie in");
            return found.stream()
                    .map(one -> one.part().orElseThrow() == Marked.Part.TEST)
                    .toArray(Boolean[]::new);
        }
        return drawn(scenes, testShare.orElse(USUAL_TEST_SHARE), seed, tally);
    }

    private static @Nullable Boolean[] said(String by, List<Marked> found, Tally tally) {
        @Nullable Boolean[] parts = new Boolean[found.size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = found.get(i).part().map(part -> part == Marked.Part.TEST).orElse(null);
        }
        tally.note("division", "by " + by + unlisted(parts));
        return parts;
    }

    private static String unlisted(@Nullable Boolean[] parts) {
        long unlisted = Arrays.stream(parts).filter(part -> part == null).count();
        return unlisted == 0 ? "" : "; " + unlisted + " photographs in neither";
    }

    /** One list of a pair says that somebody divided, but not how. */
    private static void checkPair(Path folder) throws MalformedFileException {
        Path train = folder.resolve("train.txt");
        Path test = folder.resolve("test.txt");
        if (Files.exists(train) || Files.exists(test)) {
            Path missing = Files.exists(train) ? test : train;
            throw new MalformedFileException(
                    missing,
                    "",
                    "There is no such file, though there is " + (missing.equals(test) ? "train.txt" : "test.txt")
                            + "; a division needs both or none.");
        }
    }

    private static void refuseShare(OptionalDouble testShare, Path folder, String why) {
        if (testShare.isPresent()) {
            throw new IllegalArgumentException(
                    "--test-share is for data that are not divided, but in " + folder + " " + why + ". Leave it out.");
        }
    }

    private static @Nullable Boolean[] listed(Path train, Path test, List<Scene> scenes, Tally tally)
            throws IOException {
        @Nullable Boolean[] parts = new Boolean[scenes.size()];
        Map<String, List<Integer>> names = names(scenes);
        for (Path list : List.of(train, test)) {
            List<String> lines = TextLines.of(list);
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i).strip().replace('\\', '/');
                if (line.isEmpty()) {
                    continue;
                }
                int at = find(list, "line " + (i + 1), line, names);
                if (parts[at] != null) {
                    throw new MalformedFileException(
                            list, "line " + (i + 1), "The photograph '" + line + "' is listed before.");
                }
                parts[at] = list.equals(test);
            }
        }
        tally.note("division", "by " + train.getFileName() + " and " + test.getFileName() + unlisted(parts));
        return parts;
    }

    /** By whatever a list may call them: path, path without ending, file name, file name without ending. */
    private static Map<String, List<Integer>> names(List<Scene> scenes) {
        Map<String, List<Integer>> names = new HashMap<>();
        for (int i = 0; i < scenes.size(); i++) {
            String path = scenes.get(i).name();
            String last = path.substring(path.lastIndexOf('/') + 1);
            for (String name : new HashSet<>(List.of(path, Places.stem(path), last, Places.stem(last)))) {
                names.computeIfAbsent(name, unused -> new ArrayList<>()).add(i);
            }
        }
        return names;
    }

    private static int find(Path list, String where, String line, Map<String, List<Integer>> names)
            throws MalformedFileException {
        List<Integer> found = names.getOrDefault(line, List.of());
        if (found.isEmpty()) { // of another machine: /data/images/0001.jpg
            found = names.getOrDefault(line.substring(line.lastIndexOf('/') + 1), List.of());
        }
        if (found.size() != 1) {
            throw new MalformedFileException(
                    list,
                    where,
                    found.isEmpty()
                            ? "There is no photograph '" + line + "' with annotations in this folder."
                            : found.size() + " photographs are called '" + line + "'; say their folders too.");
        }
        return found.get(0);
    }

    private static @Nullable Boolean[] drawn(List<Scene> scenes, double share, long seed, Tally tally) {
        int groups = (int) scenes.stream().map(Scene::group).distinct().count();
        tally.note(
                "division",
                String.format(
                        Locale.ROOT,
                        "by chance, %s of each class for the test, %d photographs in %d groups that stay together, seed"
                                + " %d",
                        share,
                        scenes.size(),
                        groups,
                        seed));
        return byChance(scenes, share, Seeds.generator(seed, "scene division"));
    }

    /**
     * Takes a part by chance, so that of each class, the rarest first, about the share of its groups is taken, and at
     * least one where there are two.
     *
     * @return for each photograph whether it is taken
     */
    static @Nullable Boolean[] byChance(List<Scene> scenes, double share, RandomGenerator random) {
        Map<String, List<Integer>> groups = new LinkedHashMap<>();
        for (int i = 0; i < scenes.size(); i++) {
            groups.computeIfAbsent(scenes.get(i).group(), unused -> new ArrayList<>())
                    .add(i);
        }
        List<List<Integer>> units = List.copyOf(groups.values());
        List<Integer> order =
                IntStream.of(Seeds.permutation(units.size(), random)).boxed().toList();
        Map<Integer, List<Integer>> holders = new HashMap<>();
        for (int unit : order) {
            Set<Integer> labels = new HashSet<>();
            units.get(unit).forEach(i -> scenes.get(i).boxes().forEach(box -> labels.add(box.label())));
            labels.forEach(label ->
                    holders.computeIfAbsent(label, unused -> new ArrayList<>()).add(unit));
        }
        @Nullable Boolean[] taken = new Boolean[units.size()];
        List<List<Integer>> rarestFirst = holders.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<Integer, List<Integer>> one) ->
                                one.getValue().size())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getValue)
                .toList();
        rarestFirst.forEach(some -> assign(some, share, taken));
        assign(order, share, taken);
        @Nullable Boolean[] parts = new Boolean[scenes.size()];
        for (int unit = 0; unit < units.size(); unit++) {
            for (int i : units.get(unit)) {
                parts[i] = taken[unit];
            }
        }
        return parts;
    }

    private static void assign(List<Integer> some, double share, @Nullable Boolean[] taken) {
        int wanted = Math.min(some.size() - 1, Math.max(1, (int) Math.round(some.size() * share)));
        int have = (int)
                some.stream().filter(unit -> Boolean.TRUE.equals(taken[unit])).count();
        for (int unit : some) {
            if (taken[unit] == null) {
                taken[unit] = have < wanted;
                have += have < wanted ? 1 : 0;
            }
        }
    }
}
