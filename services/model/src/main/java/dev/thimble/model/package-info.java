/** Records shared by the services. */
@NullMarked
package dev.thimble.model;

import org.jspecify.annotations.NullMarked;
