/**
 * Labelled images as bytes, the catalogue of known data sets, and where random choices come from. Plain Java, no
 * natives.
 */
@NullMarked
package io.sapper.data;

import org.jspecify.annotations.NullMarked;
