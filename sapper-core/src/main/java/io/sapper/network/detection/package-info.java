/** Detectors of two stages: anchors, what they are to learn, their loss, and running them over photographs. */
@NullMarked
package io.sapper.network.detection;

import org.jspecify.annotations.NullMarked;
