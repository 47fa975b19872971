/** The HTML report, drawn from results alone. */
@NullMarked
package io.sapper.report;

import org.jspecify.annotations.NullMarked;
