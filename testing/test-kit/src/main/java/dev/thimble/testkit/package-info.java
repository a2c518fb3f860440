/** Harnesses for the tests of other modules. */
@NullMarked
package dev.thimble.testkit;

import org.jspecify.annotations.NullMarked;
