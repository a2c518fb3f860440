package dev.thimble.http;

/** Answers requests. Runs on a virtual thread and may block. */
@FunctionalInterface
public interface Handler {
    /**
     * Answers one request.
     *
     * @throws HttpError for an answer that is an error of the caller
     * @throws Exception for our own errors; the caller gets 500 without details and the log gets the rest
     */
    Response handle(Request request) throws Exception;
}
