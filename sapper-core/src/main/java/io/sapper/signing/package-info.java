/**
 * Digests and signatures of model files: where a model comes from, as somebody vouches for it. (What a model file says
 * of itself is {@link io.sapper.network.Provenance}, and nobody vouches for that.)
 */
@NullMarked
package io.sapper.signing;

import org.jspecify.annotations.NullMarked;
