/**
 * A ladder of published repairs, climbed until clean images and what can be known of the backdoor without its trigger
 * say enough. Nothing here knows a trigger but those that the audit recovered (design D5).
 */
@NullMarked
package io.sapper.repair;

import org.jspecify.annotations.NullMarked;
