/** What the attacker wants (goals) and how the training set is poisoned. */
@NullMarked
package io.sapper.poison;

import org.jspecify.annotations.NullMarked;
