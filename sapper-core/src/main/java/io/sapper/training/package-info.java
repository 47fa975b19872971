/** Training: steps, schedules, checkpoints. */
@NullMarked
package io.sapper.training;

import org.jspecify.annotations.NullMarked;
