/** Sweeps on an Apache Spark cluster. Nothing depends on this. */
@NullMarked
package io.sapper.spark;

import org.jspecify.annotations.NullMarked;
