/**
 * Looks for a backdoor in a network that came from outside, with clean images only: evidence by evidence, cheap first,
 * then a verdict. Nothing here knows a trigger (design D5).
 */
@NullMarked
package io.sapper.audit;

import org.jspecify.annotations.NullMarked;
