package dev.thimble.objectstore;

import java.time.Instant;

/**
 * One line of a listing.
 *
 * @param key the object's name
 * @param storedBytes what it occupies, envelope included
 * @param modified when it was stored
 */
public record StoredObject(ObjectKey key, long storedBytes, Instant modified) {}
