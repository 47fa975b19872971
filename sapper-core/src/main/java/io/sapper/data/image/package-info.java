/** Readers of image files: IDX, CIFAR binary, a folder per class. */
@NullMarked
package io.sapper.data.image;

import org.jspecify.annotations.NullMarked;
