/**
 * A small HTTP/1.1 server on the JDK's own: routes by method and path, a limit on every body, a limit on the time a request
 * may take to arrive, bearer tokens, virtual threads. Everything that listens in Thimble listens through it.
 *
 * <p>Start with {@link dev.thimble.http.HttpListener}; a {@link dev.thimble.http.Handler} turns a
 * {@link dev.thimble.http.Request} into a {@link dev.thimble.http.Response}.
 */
@NullMarked
package dev.thimble.http;

import org.jspecify.annotations.NullMarked;
