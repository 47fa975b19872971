/** One class per published architecture. */
@NullMarked
package io.sapper.network.zoo;

import org.jspecify.annotations.NullMarked;
