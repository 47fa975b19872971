/** What the attacker puts on an input so that a backdoored network obeys. */
@NullMarked
package io.sapper.trigger;

import org.jspecify.annotations.NullMarked;
