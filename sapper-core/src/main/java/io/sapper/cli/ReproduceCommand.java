package io.sapper.cli;

import io.sapper.experiment.Host;
import io.sapper.experiment.Reproduction;
import io.sapper.experiment.Scale;
import io.sapper.experiment.SceneReproduction;
import io.sapper.experiment.SceneSetup;
import io.sapper.experiment.Thresholds;
import io.sapper.report.Report;
import io.sapper.result.Results;
import io.sapper.result.RunResult;
import io.sapper.training.TrainedDetectors;
import io.sapper.training.TrainingOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "reproduce",
        description = {
            "Runs an experiment of the papers again, beside their numbers.",
            "Writes EXPERIMENT.json and EXPERIMENT.html."
        },
        footer = {
            "",
            "Experiments, with the papers' own numbering:",
            "  badnets.baseline             BadNets, Table 2, baseline",
            "  badnets.all-to-all           BadNets, Table 2, class by class",
            "  badnets.single-target        BadNets, Figure 4: all 90 pairs, pixel and pattern",
            "  badnets.single-target-three  three of them",
            "  badnets.share                BadNets, Figure 6, with more points",
            "  badnets.filters              BadNets, Figure 5: filters that answer the trigger",
            "  badnets.activations          BadNets, section 4.2.2: channels that it wakes",
            "  badnets.lisa-crops           BadNets, Table 4, on signs cut out of their frames",
            "  badnets.signs-targeted       BadNets, Table 4, detectors: stop becomes speed limit",
            "  badnets.signs-random         BadNets, Table 5, detectors: any sign becomes any other",
            "  badnets.signs-activations    BadNets, Figure 9: channels that see the sticker",
            "  badnets.transfer             BadNets, Table 6: retrained for another country's signs",
            "  badnets.transfer-strength    BadNets, Table 7: made stronger before",
            "  fine-pruning.digits          Fine-Pruning, sections 4.1 and 4.3, on digits",
            "  fine-pruning.digits-drawn    the same on attacks drawn by chance",
            "  fine-pruning.face-attack     Fine-Pruning, section 2.3: faces and sunglasses",
            "  fine-pruning.speech-attack   Fine-Pruning, section 2.3: spoken digits and noise",
            "  fine-pruning.activations     Fine-Pruning, Figure 4",
            "  fine-pruning.pruning-curves  Fine-Pruning, Figure 6",
            "  fine-pruning.pruning-aware   Fine-Pruning, section 4.2",
            "  fine-pruning.table1          Fine-Pruning, Table 1, faces and speech",
            "  fine-pruning.cost            Fine-Pruning, section 4.3: against training",
            "  fine-pruning.clean-data      with 1, 5, 10 and 100 %% of the clean data",
            "  fine-pruning.face, fine-pruning.speech",
            "                               all of these on one system, each network trained once",
            "  fine-pruning.signs           Fine-Pruning, Table 1 and Figure 6, detectors of signs",
            "",
            "For example: sapper reproduce badnets.all-to-all --seeds 3 --out table2",
            "On your own photographs: sapper reproduce badnets.signs-targeted --data FOLDER --out table4",
            "  --classes stop=stop,stopAhead speedlimit=30,50"
        })
final class ReproduceCommand implements Callable<Integer> {
    private static final int MOST_SEEDS = 10_000;

    @Mixin
    Common common = new Common();

    @Mixin
    ThresholdArguments thresholds = new ThresholdArguments();

    @Mixin
    ThresholdArguments.Harmless harmlessLimit = new ThresholdArguments.Harmless();

    @Mixin
    ThresholdArguments.Laid laidLimit = new ThresholdArguments.Laid();

    @Parameters(paramLabel = "EXPERIMENT", description = "One of the names below.")
    String experiment = "";

    @Option(
            names = "--data",
            paramLabel = "DATA",
            description = "A name or a folder, as for train. Default: the experiment's own.")
    Optional<String> data = Optional.empty();

    @Option(
            names = "--scale",
            paramLabel = "S",
            defaultValue = "small",
            description = "smoke (some of the data, one epoch), small (all of it) or paper (the paper's own networks;"
                    + " detectors take days on a CPU) (${DEFAULT-VALUE}).")
    String scale = "small";

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "5",
            description = "How many seeds, from --seed on (${DEFAULT-VALUE}).")
    int seeds;

    @Option(
            names = "--part",
            paramLabel = "NAME",
            description = "Only this part of an experiment that has several, as sweep runs them; an unknown name lists"
                    + " them. Default: all.")
    Optional<String> part = Optional.empty();

    @Option(names = "--epochs", paramLabel = "N", description = "Passes over the data. Default: the experiment's own.")
    Optional<Integer> epochs = Optional.empty();

    @Mixin
    SceneArguments scenes = new SceneArguments();

    @Mixin
    BackboneArguments backbone = new BackboneArguments();

    @Option(
            names = "--data-abroad",
            paramLabel = "DATA",
            description = "Photographs of another country's signs, for which a detector is retrained (badnets.transfer,"
                    + " badnets.transfer-strength). Default: italian-signs.")
    Optional<String> abroad = Optional.empty();

    @Option(
            names = "--trained",
            paramLabel = "DIR",
            description = "Keeps trained detectors in this folder and takes them from there: a stopped run goes on, and"
                    + " experiments on signs share what they train alike. Default: nothing is kept.")
    Optional<Path> trained = Optional.empty();

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Output folder; made if need be.")
    Path out = Path.of(".");

    @Override
    public Integer call() throws Exception {
        Scale size = Scale.of(scale);
        if (seeds < 1 || seeds > MOST_SEEDS) {
            throw new IllegalArgumentException("--seeds must be 1 to " + MOST_SEEDS + ", not " + seeds + ".");
        }
        Thresholds wanted = thresholds.thresholds(harmlessLimit, laidLimit);
        Optional<SceneReproduction> onScenes = SceneReproduction.named(experiment);
        if (onScenes.isPresent()) {
            SceneReproduction chosen = onScenes.get();
            if (part.isPresent()) {
                throw new IllegalArgumentException(experiment + " has no parts. Leave out --part.");
            }
            Optional<TrainedDetectors> kept = kept();
            if (kept.isPresent()) {
                kept.get().check();
            }
            refuseAbroad(chosen.goesAbroad());
            TrainingOptions training = training(SceneReproduction.training(size, common.threadCount()));
            return write(
                    chosen.id(),
                    data.orElse(SceneReproduction.DATA),
                    (job, console) -> scenes(chosen, size, job, console),
                    (setup, soFar) -> chosen.run(setup, wanted, size, seeds, training, soFar));
        }
        Reproduction chosen = Reproduction.of(experiment);
        refuseAbroad(false);
        if (trained.isPresent()) {
            throw new IllegalArgumentException("--trained is for experiments on photographs with signs, and "
                    + experiment + " has none. Leave it out.");
        }
        scenes.refuse(experiment + " has none");
        backbone.refuse(experiment);
        TrainingOptions training = training(chosen.training(size, common.threadCount()));
        return write(
                chosen.id(),
                data.orElseGet(chosen::data),
                (job, console) -> common.setup(job.data(), console),
                (setup, soFar) -> chosen.run(setup, wanted, size, seeds, part, training, soFar));
    }

    private SceneSetup scenes(SceneReproduction chosen, Scale size, Job job, Console console) throws IOException {
        SceneSetup here = common.scenes(job.data(), scenes, backbone.start(size == Scale.PAPER), console);
        SceneSetup setup = kept().map(here::withTrained).orElse(here);
        return chosen.goesAbroad() ? common.withAbroad(setup, abroad.orElse(SceneReproduction.ABROAD), console) : setup;
    }

    private Optional<TrainedDetectors> kept() {
        return trained.map(folder -> new TrainedDetectors(folder, Host.version()));
    }

    private void refuseAbroad(boolean goes) {
        if (!goes && abroad.isPresent()) {
            throw new IllegalArgumentException(
                    "--data-abroad is for badnets.transfer and badnets.transfer-strength, and " + experiment
                            + " stays at home. Leave it out.");
        }
    }

    private TrainingOptions training(TrainingOptions usual) {
        return epochs.map(usual::withEpochs).orElse(usual);
    }

    /** Loads what an experiment runs on. */
    @FunctionalInterface
    private interface Loading<D> {
        D load(Job job, Console console) throws IOException;
    }

    /** Runs it. */
    @FunctionalInterface
    private interface Running<D> {
        RunResult run(D setup, Reproduction.SoFar soFar) throws IOException;
    }

    private <D> int write(String id, String dataName, Loading<D> loading, Running<D> running) throws IOException {
        String file = id + ".json";
        String page = id + ".html";
        Job job = new Job(common, dataName);
        RunResult result = job.into(
                out,
                List.of(file, page),
                console -> loading.load(job, console),
                setup -> running.run(setup, soFar -> {
                    Results.write(soFar, out.resolve(file));
                    if (common.session().pages()) {
                        Report.write(soFar, out.resolve(page));
                    }
                }));
        Session session = common.session();
        Summary.print(result, common.json, out.resolve(page), session.out(), session.told());
        return Job.code(result);
    }
}
