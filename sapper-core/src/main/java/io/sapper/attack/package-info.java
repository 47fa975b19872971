/** One class per published attack. */
@NullMarked
package io.sapper.attack;

import org.jspecify.annotations.NullMarked;
