package dev.thimble.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Standard output of one command: a text, or exactly one JSON object with {@code "schema": 1}. A command that runs until it
 * is stopped writes its result when it is ready; what goes wrong later is said on standard error.
 */
public final class ResultWriter {
    private static final int SCHEMA = 1;
    /** ASCII only, so that the output is the same bytes in every locale. */
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final Terminal terminal;
    private final boolean json;
    private boolean written;

    public ResultWriter(Terminal terminal, boolean json) {
        this.terminal = terminal;
        this.json = json;
    }

    public boolean isJson() {
        return json;
    }

    /** Writes a result unless there is one already. */
    public void write(Object report, String text) {
        if (!written) {
            print(json ? object(report) : text);
        }
    }

    /** Says why a command failed. */
    public void fail(CommandFailure failure) {
        if (json && !written) {
            var error = new LinkedHashMap<String, @Nullable Object>();
            error.put("code", failure.code());
            error.put("message", failure.line());
            error.put("hint", failure.hint());
            print(object(Map.of("error", error)));
        } else {
            terminal.err().println("thimble: " + failure.line());
            if (!failure.hint().isEmpty()) {
                terminal.err().println(failure.hint());
            }
        }
        terminal.err().flush();
    }

    private void print(String line) {
        terminal.out().println(line);
        terminal.out().flush();
        written = true;
    }

    private static String object(Object report) {
        var result = JSON.createObjectNode().put("schema", SCHEMA);
        ObjectNode fields = JSON.valueToTree(report);
        result.setAll(fields);
        return JSON.writeValueAsString(result);
    }
}
