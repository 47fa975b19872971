package io.sapper.cli;

import io.sapper.data.Dataset;
import io.sapper.data.detection.ClassTable;
import io.sapper.data.detection.SceneFolder;
import io.sapper.data.detection.SceneSplit;
import io.sapper.experiment.Setup;
import io.sapper.poison.Goals;
import io.sapper.poison.PoisonedScenes;
import io.sapper.poison.Preview;
import io.sapper.poison.ScenePoisoner;
import io.sapper.poison.ScenePreview;
import io.sapper.trigger.Trigger;
import io.sapper.trigger.Triggers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an attack does to some samples, before anything is trained.
 *
 * @param common what the command was told
 * @param job where the data are
 * @param out folder for the files
 * @param trigger of the attack
 * @param goal its short form, whose classes are those of the data
 */
record AttackPreview(Common common, Job job, Path out, Trigger trigger, String goal) {
    private static final int SHOWN = 10;

    /**
     * Writes it and says where; returns the exit code.
     *
     * @param classes what becomes of the classes of photographs with boxes
     */
    int write(ClassTable classes) throws IOException {
        List<String> files = Preview.files(SHOWN);
        Optional<Path> scenes = common.scenes(job.data());
        List<Path> written;
        if (scenes.isPresent()) {
            SceneFolder.Options options = common.pictures.scenes(classes, common.seed);
            written = job.into(out, files, console -> poisoned(scenes.get(), options, console), this::photographs);
        } else {
            written = job.into(out, files, this::samples);
        }
        tell(written);
        return ExitCode.DONE;
    }

    private PoisonedScenes poisoned(Path folder, SceneFolder.Options options, Console console) throws IOException {
        SceneSplit read = SceneFolder.read(folder, options, console);
        PoisonedScenes poisoned = ScenePoisoner.poison(
                read.test(),
                Triggers.onScenes(trigger, read.test()),
                Goals.parse(goal, read.test().classNames()),
                ScenePoisoner.USUAL,
                common.seed);
        poisoned.warnings().forEach(console::warning);
        return poisoned;
    }

    private List<Path> photographs(PoisonedScenes poisoned) throws IOException {
        return cleared(List.of(ScenePreview.write(out, poisoned, SHOWN, common.seed)));
    }

    private List<Path> samples(Setup setup) throws IOException {
        Dataset test = setup.data().split().test();
        return cleared(Preview.write(out, test, trigger, Goals.parse(goal, test.classNames()), SHOWN, common.seed));
    }

    /** Without what an earlier preview wrote: the folder is ours. */
    private List<Path> cleared(List<Path> made) throws IOException {
        for (String name : Preview.files(SHOWN)) {
            if (!made.contains(out.resolve(name))) {
                Files.deleteIfExists(out.resolve(name));
            }
        }
        return made;
    }

    private void tell(List<Path> written) throws IOException {
        if (common.json) {
            Summary.json(Map.of(
                    "preview",
                    written.get(0).toString(),
                    "sounds",
                    written.stream().skip(1).map(Path::toString).toList()));
            return;
        }
        System.out.println("Preview: " + written.get(0));
        if (written.size() > 1) {
            System.out.println("To listen to: " + (written.size() - 1) + " files preview-*.wav beside it");
        }
    }
}
