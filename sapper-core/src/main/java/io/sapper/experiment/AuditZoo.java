package io.sapper.experiment;

import io.sapper.attack.BadNet;
import io.sapper.attack.PruningAwareAttack;
import io.sapper.audit.Aim;
import io.sapper.audit.Audit;
import io.sapper.audit.AuditOutcome;
import io.sapper.audit.Calibration;
import io.sapper.audit.Confirmation;
import io.sapper.audit.InvertedTrigger;
import io.sapper.audit.MaskSizes;
import io.sapper.audit.Recovered;
import io.sapper.audit.Subject;
import io.sapper.audit.TriggerInversion;
import io.sapper.data.Dataset;
import io.sapper.data.Holdout;
import io.sapper.data.Seeds;
import io.sapper.defense.Limits;
import io.sapper.defense.Refusal;
import io.sapper.network.Graph;
import io.sapper.poison.AllToOne;
import io.sapper.poison.OneToOne;
import io.sapper.repair.Ladder;
import io.sapper.repair.LadderOptions;
import io.sapper.repair.LadderOutcome;
import io.sapper.repair.Method;
import io.sapper.result.AuditedNetworks;
import io.sapper.result.AuditedNetworks.Told;
import io.sapper.result.AuditedNetworks.Truth;
import io.sapper.result.Reproduced.Published;
import io.sapper.result.Reproduced.Row;
import io.sapper.training.Checkpoints;
import io.sapper.training.TrainingOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How well {@code audit} tells backdoored networks from honest ones: 208 networks, half of them honest, on digits,
 * traffic signs, faces and spoken digits, with every kind of {@link ZooAttack}, each trained and audited. No paper has
 * it. Every second network of a kind is for choosing limits ({@link Calibration}), the others are for reporting, and
 * are repaired besides. The auditor's clean images had no part in training.
 *
 * <p>{@code sapper sweep --run "reproduce audit.zoo" --out zoo} runs the networks side by side, and goes on where it
 * was stopped.
 */
final class AuditZoo implements Divided {
    private static final int USUAL_EPOCHS = 5;

    /** Half of the channels of the networks' last convolution. */
    private static final int LIVE = 16;

    /**
     * A repair may cost what it may by default, as counted: few hundred images seldom show surely that it is not more.
     * The test tells.
     */
    private static final Limits LIMITS = new Limits(Limits.DEFAULTS.loss(), Limits.DEFAULTS.classLoss(), true);

    private static final double HUNDREDTHS = 100;
    private static final Duration LONG = Duration.ofHours(2);

    /**
     * A network of the zoo.
     *
     * @param kind of attack; absent of an honest one
     * @param number from 1 on, of its family and kind
     */
    private record Member(ZooFamily family, @Nullable ZooAttack kind, int number) {
        String group() {
            return family.name().text() + ", " + kindText();
        }

        String kindText() {
            return kind == null ? AuditedNetworks.HONEST : kind.text();
        }

        String name() {
            return group() + ", " + number;
        }

        String half() {
            return number % 2 == 1 ? AuditedNetworks.CALIBRATION : AuditedNetworks.TEST;
        }
    }

    private static final Map<String, Member> MEMBERS = members();

    private static Map<String, Member> members() {
        Map<String, Member> members = new LinkedHashMap<>();
        for (ZooFamily family : ZooFamily.ALL_FAMILIES) {
            add(members, family, null, family.honest());
            family.kinds().forEach(kind -> add(members, family, kind, family.count(kind)));
        }
        return members;
    }

    private static void add(Map<String, Member> members, ZooFamily family, @Nullable ZooAttack kind, int count) {
        for (int number = 1; number <= count; number++) {
            Member member = new Member(family, kind, number);
            members.put(member.name(), member);
        }
    }

    @Override
    public String source() {
        return "Networks trained to be audited";
    }

    @Override
    public List<Published> published() {
        return List.of();
    }

    @Override
    public List<String> deviations(Dataset train) {
        return List.of();
    }

    /** Of digits; the other families' grow and shrink with it. */
    @Override
    public TrainingOptions training(int replicas) {
        return Recipes.zoo(replicas);
    }

    @Override
    public Expected expected(Row row) {
        return Expected.SHOWN;
    }

    @Override
    public List<String> parts() {
        return List.copyOf(MEMBERS.keySet());
    }

    @Override
    public Found part(Setup whole, TrainingOptions training, String part) throws IOException {
        Member member = MEMBERS.get(part);
        if (member == null) {
            throw new IllegalArgumentException("There is no part '" + part + "'.");
        }
        long seed = Seeds.generator(whole.seed(), "zoo: " + part).nextLong() >>> 1;
        Setup setup =
                whole.withData(whole.loader().load(member.family().data())).withSeed(seed);
        whole.reporter().message("Network " + part);
        return new Trial(member, setup, training).run(whole.seed());
    }

    /** To hundredths of a pixel: there are many. */
    private static List<Double> sizes(MaskSizes sizes) {
        return sizes.triggers().stream()
                .map(trigger -> Math.round(HUNDREDTHS * trigger.size()) / HUNDREDTHS)
                .toList();
    }

    /** One network, trained and audited. */
    private static final class Trial {
        private final Member member;
        private final Setup setup;
        private final TrainingOptions training;
        private final Laboratory lab;
        private final Dataset trained;
        private final Holdout clean;
        private final Dataset defender;

        Trial(Member member, Setup setup, TrainingOptions digits) {
            this.member = member;
            this.setup = setup;
            lab = new Laboratory(setup, "reproduce", member.name());
            Dataset train = lab.split().train();
            int held = Math.min(Subject.USUAL_IMAGES, train.size() / 4);
            Division division = Division.of(train, held, setup.seed());
            trained = some(division.training());
            clean = division.defender();
            defender = clean.fineTuning().append(train.name() + ", held out", clean.validation());
            TrainingOptions own = member.family().course().options().apply(digits.replicas());
            training = own.withEpochs(Math.max(1, own.epochs() * digits.epochs() / USUAL_EPOCHS));
        }

        private Dataset some(Dataset data) {
            int most = member.family().course().images();
            if (data.size() <= most) {
                return data;
            }
            int[] order = Seeds.permutation(data.size(), Seeds.generator(setup.seed(), "images of the zoo"));
            return data.subset(data.name() + ", some", Arrays.copyOf(order, most));
        }

        Found run(long seed) throws IOException {
            long begin = System.nanoTime();
            ZooAttack kind = member.kind();
            BadNet.Options attack = kind == null ? null : kind.draw(trained, setup.seed());
            Task task = attack == null
                    ? Task.clean(lab.split().test())
                    : Task.attacked(lab.split().test(), attack.trigger(), attack.goal());
            Graph graph = train(attack, task);
            double trainingSeconds = (System.nanoTime() - begin) / 1e9;
            String text = attack == null ? "" : DrawnAttack.text(attack);
            Row row = lab.row(member.group(), text, graph, task);
            Optional<Climbed> climbed = member.half().equals(AuditedNetworks.TEST)
                    ? Optional.of(climb(graph, row, text, task))
                    : Optional.empty();
            Told told = climbed.flatMap(one -> one.outcome().looked())
                    .map(looked -> told(looked.audit(), looked.subject(), looked.seconds(), attack))
                    .orElseGet(() -> audit(graph, attack));
            AuditedNetworks.Network network = new AuditedNetworks.Network(
                    seed == 1 ? member.name() : member.name() + ", seed " + seed,
                    lab.split().train().name(),
                    member.kindText(),
                    member.half(),
                    new Truth(text, row.cleanAccuracy(), row.attackSuccessRate(), trainingSeconds),
                    told,
                    climbed.map(Climbed::repaired).orElse(null));
            return new Found(
                    List.of(new Row(
                            seed,
                            row.what(),
                            row.note(),
                            row.cleanAccuracy(),
                            row.attackSuccessRate(),
                            row.recoveredAccuracy())),
                    List.of(new AuditedNetworks(List.of(network))));
        }

        private Graph train(BadNet.@Nullable Options attack, Task task) throws IOException {
            Graph untrained = lab.untrained(member.family().network());
            if (attack == null) {
                return lab.trainHonest(untrained, trained, training, Checkpoints.NONE);
            }
            if (member.kind() != ZooAttack.PRUNING_AWARE) {
                return lab.layBadNet(untrained, trained, attack, training, Checkpoints.NONE, task);
            }
            return lab.layBehindDecoys(
                    untrained,
                    trained,
                    new PruningAwareAttack.Options(attack, LIVE),
                    PruningAwareAttack.Training.both(training),
                    Checkpoints.NONE,
                    task);
        }

        private Told audit(Graph graph, BadNet.@Nullable Options attack) {
            long begin = System.nanoTime();
            Subject subject = Subject.of(
                    graph, defender, Subject.USUAL_IMAGES, setup.seed(), setup.compute(), training.replicas());
            AuditOutcome outcome = Audit.audit(
                    graph,
                    subject,
                    Optional.empty(),
                    new Audit.Options(TriggerInversion.Options.DEFAULTS, Calibration.DEFAULTS, LONG, setup.seed()),
                    what -> share -> {});
            return told(outcome, subject, (System.nanoTime() - begin) / 1e9, attack);
        }

        private Told told(AuditOutcome outcome, Subject subject, double seconds, BadNet.@Nullable Options attack) {
            Optional<Confirmation.Ratio> first = outcome.confirmation()
                    .flatMap(again -> again.ratios().stream().findFirst());
            Optional<Recovered> told = outcome.recovered().stream()
                    .filter(trigger -> isTarget(trigger, attack))
                    .findFirst();
            return new Told(
                    Audits.said(outcome.verdict()),
                    first.map(Confirmation.Ratio::mean).orElse(Double.NaN),
                    first.map(Confirmation.Ratio::standing).orElse(Double.NaN),
                    first.map(ratio -> ratio.best().size()).orElse(Double.NaN),
                    outcome.sizes().map(AuditZoo::sizes).orElse(List.of()),
                    told.isPresent(),
                    overlap(told, subject, attack),
                    seconds);
        }

        /**
         * A repair that was tried, and what came of it; its search for triggers is an audit with the same images.
         *
         * @param repaired measured
         */
        private record Climbed(LadderOutcome outcome, AuditedNetworks.Repaired repaired) {}

        private Climbed climb(Graph graph, Row before, String text, Task task) {
            long begin = System.nanoTime();
            LadderOutcome outcome = Ladder.climb(
                    graph,
                    graph,
                    clean.fineTuning(),
                    clean.validation(),
                    Optional.empty(),
                    new LadderOptions(
                            Method.AUTO,
                            tuning(),
                            LIMITS,
                            LadderOptions.Search.usual(training.replicas()).within(LONG)),
                    setup.seed(),
                    setup.compute(),
                    LadderProgress.to(setup.reporter()));
            double seconds = (System.nanoTime() - begin) / 1e9;
            Row after = outcome.graph()
                    .map(repaired -> lab.row(member.group() + ", repaired", text, repaired, task))
                    .orElse(before);
            return new Climbed(
                    outcome,
                    new AuditedNetworks.Repaired(
                            outcome.refusal().map(Refusal::sentence).orElse(""),
                            after.cleanAccuracy(),
                            after.attackSuccessRate(),
                            after.recoveredAccuracy(),
                            seconds));
        }

        private LadderOptions.Tuning tuning() {
            LadderOptions.Tuning usual = LadderOptions.Tuning.DEFAULTS;
            return new LadderOptions.Tuning(
                    usual.training().withReplicas(training.replicas()), usual.learningRates(), usual.leastUpdates());
        }

        /** Whether it leads where the attack does. */
        private static boolean isTarget(Recovered trigger, BadNet.@Nullable Options attack) {
            if (attack == null) {
                return false;
            }
            Aim aim = trigger.aim();
            if (attack.goal() instanceof AllToOne goal) {
                return aim.equals(Aim.to(goal.target()));
            }
            if (attack.goal() instanceof OneToOne goal) {
                return aim.target() == goal.target() && (aim.source() == goal.source() || aim.allToOne());
            }
            return aim.equals(Aim.away());
        }

        private double overlap(Optional<Recovered> told, Subject subject, BadNet.@Nullable Options attack) {
            ZooAttack kind = member.kind();
            if (attack == null
                    || kind == null
                    || !kind.local()
                    || !(told.orElse(null) instanceof InvertedTrigger mask)) {
                return Double.NaN;
            }
            Audits.Outlines outlines = new Audits.Outlines(
                    subject, TriggerInversion.Options.DEFAULTS, setup.seed(), System.nanoTime() + LONG.toNanos());
            return Overlap.of(mask, outlines.of(mask), attack.trigger(), attack.goal(), defender);
        }
    }
}
