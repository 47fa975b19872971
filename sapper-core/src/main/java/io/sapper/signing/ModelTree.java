package io.sapper.signing;

import io.sapper.data.MalformedFileException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files of a model: one file, or all of a folder.
 *
 * @param root the file or folder
 * @param files by name, in the order of {@link ResourceNames#ORDER}; a model that is one file is called {@code .}
 * @param oddities what is there and is no file that can be vouched for, a sentence each: links, pipes
 * @param left names of what was left out
 */
public record ModelTree(Path root, Map<String, Path> files, List<String> oddities, List<String> left) {
    /** What git keeps beside files: no part of a model, and left out by the package model-signing too. */
    public static final List<String> GIT = List.of(".git", ".gitattributes", ".github", ".gitignore");

    /**
     * Which files are meant.
     *
     * @param ignored names of files and folders that are left out
     * @param own a file that is no part of the model, for example its signature
     * @param links whether links to files of the folder are followed
     */
    public record Choice(List<String> ignored, List<Path> own, boolean links) {}

    /**
     * Looks at all of it.
     *
     * @throws MalformedFileException if there is nothing, or a name cannot be read
     */
    public static ModelTree of(Path model, Choice choice) throws IOException {
        if (Files.isRegularFile(model)) {
            return new ModelTree(model, Map.of(ResourceNames.ITSELF, model), List.of(), List.of());
        }
        if (!Files.isDirectory(model)) {
            throw new MalformedFileException(
                    model,
                    "",
                    Files.exists(model, LinkOption.NOFOLLOW_LINKS)
                            ? "neither a file nor a folder, nor a link to one."
                            : "there is no such file or folder.");
        }
        ModelTree tree = new ModelTree(model, new TreeMap<>(ResourceNames.ORDER), new ArrayList<>(), new ArrayList<>());
        // A link to the folder is followed, for its user named it.
        Files.walkFileTree(model.toRealPath(), new Walk(tree, model.toRealPath(), choice));
        return tree;
    }

    /** Whether it is a folder. */
    public boolean folder() {
        return !files.containsKey(ResourceNames.ITSELF);
    }

    /** Takes what it comes by. */
    private static final class Walk extends SimpleFileVisitor<Path> {
        private final ModelTree tree;
        private final Path root;
        private final Choice choice;
        private final List<Path> own = new ArrayList<>();

        Walk(ModelTree tree, Path root, Choice choice) throws IOException {
            this.tree = tree;
            this.root = root;
            this.choice = choice;
            for (Path file : choice.own()) {
                if (Files.exists(file)) {
                    own.add(file.toRealPath());
                }
            }
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            if (folder.equals(root)) {
                return FileVisitResult.CONTINUE;
            }
            return take(name(folder)) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            String name = name(file);
            if (own.contains(file) || !take(name)) {
                return FileVisitResult.CONTINUE;
            }
            if (attributes.isRegularFile()) {
                tree.files.put(name, file);
            } else if (attributes.isSymbolicLink()) {
                link(name, file);
            } else {
                tree.oddities.add(name + " is neither a file nor a folder");
            }
            return FileVisitResult.CONTINUE;
        }

        private boolean take(String name) {
            boolean ignored = ResourceNames.under(name, choice.ignored());
            if (ignored) {
                tree.left.add(name);
            }
            return !ignored;
        }

        private void link(String name, Path link) throws IOException {
            if (!choice.links()) {
                tree.oddities.add(name + " is a symbolic link");
            } else if (!Files.exists(link)) {
                tree.oddities.add(name + " is a link to nothing");
            } else if (!link.toRealPath().startsWith(root)) {
                tree.oddities.add(name + " is a link that leads out of the folder (copy the folder with 'cp -RL')");
            } else if (Files.isRegularFile(link)) {
                tree.files.put(name, link);
            } else {
                tree.oddities.add(name + " is a link to a folder, in which nobody looks");
            }
        }

        private String name(Path file) throws IOException {
            String name = root.relativize(file)
                    .toString()
                    .replace(file.getFileSystem().getSeparator(), "/");
            if (name.indexOf('\ufffd') >= 0) {
                throw new MalformedFileException(
                        file,
                        "",
                        "this name is no UTF-8 text, so that others would read another one. Rename it; or if it shows"
                                + " rightly elsewhere, set LC_ALL=C.UTF-8.");
            }
            return name;
        }
    }
}
