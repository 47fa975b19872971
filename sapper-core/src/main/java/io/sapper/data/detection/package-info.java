/** Photographs with boxes around what is in them. */
@NullMarked
package io.sapper.data.detection;

import org.jspecify.annotations.NullMarked;
