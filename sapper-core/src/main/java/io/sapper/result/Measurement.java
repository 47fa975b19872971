package io.sapper.result;

import io.sapper.metric.Ratio;
import java.util.List;

/**
 * What one network does on clean and on triggered test inputs. Where the trigger is unknown, the rates on triggered
 * inputs are 0 of 0. An input whose scores are not all finite has no class: it is neither right nor a success.
 *
 * @param cleanAccuracy clean test inputs classified right
 * @param attackSuccessRate triggered inputs classified as the attacker wants; inputs whose true class already is the
 *     target are left out. The paper's backdoor error is one minus this.
 * @param recoveredAccuracy of the same inputs, those classified as their true class in spite of the trigger
 * @param successWithoutTrigger of the same inputs <em>without</em> the trigger, those classified as the attacker wants:
 *     what a network without a backdoor has by mere mistakes
 * @param notFinite inputs, clean and triggered, with a score that is not a finite number
 * @param classes the same, class by class, in the order of the classes
 */
public record Measurement(
        Ratio cleanAccuracy,
        Ratio attackSuccessRate,
        Ratio recoveredAccuracy,
        Ratio successWithoutTrigger,
        long notFinite,
        List<ClassRow> classes) {
    public Measurement {
        Parts.present(cleanAccuracy, "cleanAccuracy");
        Parts.present(attackSuccessRate, "attackSuccessRate");
        Parts.present(recoveredAccuracy, "recoveredAccuracy");
        Parts.present(successWithoutTrigger, "successWithoutTrigger");
        classes = Parts.list(classes, "classes");
    }

    /**
     * One class of a {@link Measurement}; inputs are grouped by their true class.
     *
     * @param name of the class
     */
    public record ClassRow(String name, Ratio cleanAccuracy, Ratio attackSuccessRate, Ratio recoveredAccuracy) {
        public ClassRow {
            Parts.present(name, "name");
            Parts.present(cleanAccuracy, "cleanAccuracy");
            Parts.present(attackSuccessRate, "attackSuccessRate");
            Parts.present(recoveredAccuracy, "recoveredAccuracy");
        }
    }
}
