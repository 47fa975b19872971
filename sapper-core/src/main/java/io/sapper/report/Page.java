package io.sapper.report;

import io.sapper.result.Results;
import io.sapper.result.RunResult;

/**
 * What the page template takes: the result, and the parts that go into the page as they are.
 *
 * @param result what to draw
 * @param json the result for the page's script, safe inside {@code <script>}
 * @param style CSS
 * @param charting the source of Apache ECharts, safe inside {@code <script>}
 * @param script the page's own script
 * @param policy content security policy: no request at all, and no script but these two
 */
public record Page(RunResult result, String json, String style, String charting, String script, String policy) {
    static Page of(RunResult result) {
        String charting = Asset.ECHARTS.text();
        String script = Asset.SCRIPT.text();
        return new Page(
                result,
                Results.toJson(result).replace("<", "\\u003c"),
                Asset.STYLE.text(),
                charting,
                script,
                policy(Asset.digest(charting), Asset.digest(script)));
    }

    private static String policy(String... scripts) {
        StringBuilder allowed = new StringBuilder();
        for (String script : scripts) {
            allowed.append(" 'sha256-").append(script).append("'");
        }
        return "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src" + allowed
                + "; base-uri 'none'; form-action 'none'";
    }
}
