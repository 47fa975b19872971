/** What a run produced: plain records, to and from JSON. */
@NullMarked
package io.sapper.result;

import org.jspecify.annotations.NullMarked;
