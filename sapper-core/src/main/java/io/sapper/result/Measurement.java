package io.sapper.result;

import io.sapper.metric.Ratio;
import java.util.List;

/**
 * What one network does on clean and on triggered test inputs. Where the trigger is unknown, the two rates on triggered
 * inputs are 0 of 0.
 *
 * @param cleanAccuracy clean test inputs classified right
 * @param attackSuccessRate triggered inputs classified as the attacker wants; inputs whose true class already is the
 *     target are left out. The paper's backdoor error is one minus this.
 * @param recoveredAccuracy of the same inputs, those classified as their true class in spite of the trigger
 * @param classes the same, class by class, in the order of the classes
 */
public record Measurement(
        Ratio cleanAccuracy, Ratio attackSuccessRate, Ratio recoveredAccuracy, List<ClassRow> classes) {
    public Measurement {
        Parts.present(cleanAccuracy, "cleanAccuracy");
        Parts.present(attackSuccessRate, "attackSuccessRate");
        Parts.present(recoveredAccuracy, "recoveredAccuracy");
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
