package io.sapper.cli;

import io.sapper.data.Plain;
import io.sapper.network.OnnxSuite.Tested;
import io.sapper.network.OnnxTest.Outcome;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What came of ONNX's tests: a line for each, a table for each operator, and the sum. */
final class OnnxTestsReport {
    private OnnxTestsReport() {}

    /**
     * What {@code --json} prints.
     *
     * @param device where they ran
     */
    record Report(
            String command,
            String device,
            int passed,
            int failed,
            int refused,
            List<Test> tests,
            Map<String, Operator> operators) {}

    /**
     * One test.
     *
     * @param difference largest, divided by the larger of 1 and the number expected; null where nothing was compared
     */
    record Test(
            String test,
            String outcome,
            @org.jspecify.annotations.Nullable Double difference,
            String reason,
            long opset,
            List<String> operators) {}

    /**
     * In how many tests an operator occurs, and what came of them.
     *
     * @param oldest opset of the oldest model it occurs in
     * @param newest of the newest
     */
    record Operator(long oldest, long newest, int passed, int failed, int refused) {
        private static final Operator NONE = new Operator(Long.MAX_VALUE, 0, 0, 0, 0);

        private Operator and(Tested tested) {
            Outcome outcome = tested.result().outcome();
            return new Operator(
                    Math.min(oldest, tested.opset()),
                    Math.max(newest, tested.opset()),
                    passed + (outcome == Outcome.PASSED ? 1 : 0),
                    failed + (outcome == Outcome.FAILED ? 1 : 0),
                    refused + (outcome == Outcome.REFUSED ? 1 : 0));
        }
    }

    static Report of(String device, List<Tested> all) {
        Map<String, Operator> operators = new TreeMap<>();
        for (Tested tested : all) {
            for (String operator : tested.operators()) {
                operators.put(
                        operator,
                        operators.getOrDefault(operator, Operator.NONE).and(tested));
            }
        }
        return new Report(
                "doctor",
                device,
                count(all, Outcome.PASSED),
                count(all, Outcome.FAILED),
                count(all, Outcome.REFUSED),
                all.stream().map(OnnxTestsReport::test).toList(),
                operators);
    }

    private static int count(List<Tested> all, Outcome outcome) {
        return (int) all.stream()
                .filter(tested -> tested.result().outcome() == outcome)
                .count();
    }

    private static Test test(Tested tested) {
        double difference = tested.result().difference();
        return new Test(
                name(tested),
                tested.result().outcome().name().toLowerCase(Locale.ROOT),
                Double.isFinite(difference) ? difference : null,
                tested.result().reason(),
                tested.opset(),
                List.copyOf(tested.operators()));
    }

    private static String name(Tested tested) {
        String name = tested.test().toString();
        return name.isEmpty() ? "." : name;
    }

    /** The line of one test. */
    static String line(Tested tested) {
        double difference = tested.result().difference();
        String outcome = tested.result().outcome() == Outcome.FAILED
                ? "FAILED"
                : tested.result().outcome().name().toLowerCase(Locale.ROOT);
        String largest =
                Double.isNaN(difference) ? "" : String.format(Locale.ROOT, "  largest difference %.1e", difference);
        String reason =
                tested.result().reason().isEmpty() ? "" : "  " + tested.result().reason();
        return Plain.line(String.format(Locale.ROOT, "%-7s  %s%s%s", outcome, name(tested), largest, reason));
    }

    static void print(Report report, PrintStream out) {
        out.println();
        row(out, "operator", "opsets", "passed", "failed", "refused");
        report.operators()
                .forEach((name, operator) -> row(
                        out,
                        name,
                        operator.oldest() == operator.newest()
                                ? String.valueOf(operator.oldest())
                                : operator.oldest() + "-" + operator.newest(),
                        String.valueOf(operator.passed()),
                        String.valueOf(operator.failed()),
                        String.valueOf(operator.refused())));
        out.println();
        out.println(String.format(
                Locale.ROOT,
                "%d tests on %s: %d passed, %d failed, %d refused.",
                report.tests().size(),
                report.device(),
                report.passed(),
                report.failed(),
                report.refused()));
    }

    private static void row(PrintStream out, String name, String... cells) {
        out.println(
                String.format(Locale.ROOT, "%-28s  %7s  %6s  %6s  %7s", name, cells[0], cells[1], cells[2], cells[3]));
    }
}
