/** Images made by a program, for when no real data can be had. */
@NullMarked
package io.sapper.data.synthetic;

import org.jspecify.annotations.NullMarked;
