/** Many runs at once: a grid of settings, whoever runs them, and a folder that keeps what is finished. */
@NullMarked
package io.sapper.sweep;

import org.jspecify.annotations.NullMarked;
