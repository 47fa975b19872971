/** Counts and the rates made of them. */
@NullMarked
package io.sapper.metric;

import org.jspecify.annotations.NullMarked;
