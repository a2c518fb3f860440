/**
 * Between an operator's server and the queue: {@link dev.thimble.gateway.Gateway} asks the server's proof data API for
 * batches, puts them into store and queue, acknowledges them, and delivers the results of those that are proven.
 */
@NullMarked
package dev.thimble.gateway;

import org.jspecify.annotations.NullMarked;
