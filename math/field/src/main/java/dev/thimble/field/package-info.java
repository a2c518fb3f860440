/** KoalaBear and its quartic extension; bulk kernels as a scalar and a Vector-API twin. */
@NullMarked
package dev.thimble.field;

import org.jspecify.annotations.NullMarked;
