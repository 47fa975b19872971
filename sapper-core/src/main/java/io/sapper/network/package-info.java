/** Networks as ONNX graphs, run on libtorch. */
@NullMarked
package io.sapper.network;

import org.jspecify.annotations.NullMarked;
