/** Whole experiments: attack, defence and measurement put together. */
@NullMarked
package io.sapper.experiment;

import org.jspecify.annotations.NullMarked;
