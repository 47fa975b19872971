/** One class per published defence. Nothing here may know a trigger. */
@NullMarked
package io.sapper.defense;

import org.jspecify.annotations.NullMarked;
