package dev.muster.check.workflow;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** What a call was answered. */
final class Reply {
    private final int status;
    private final boolean good;
    private final byte[] body;
    private final JsonNode value;

    /**
     * What was answered by anything but HTTP.
     *
     * @param good whether that status is what one expects where nothing else is said
     * @param value what the bytes say; missing when they are no values
     */
    Reply(int status, boolean good, byte[] body, JsonNode value) {
        this.status = status;
        this.good = good;
        this.body = body.clone();
        this.value = value;
    }

    static Reply plain(int status, byte[] body) {
        return of(status, body, MissingNode.getInstance());
    }

    static Reply of(int status, byte[] body, JsonNode value) {
        return new Reply(status, status >= 200 && status < 300, body, value);
    }

    /** The status of HTTP, or a program's exit code. */
    int status() {
        return status;
    }

    boolean good() {
        return good;
    }

    byte[] body() {
        return body.clone();
    }

    JsonNode value() {
        return value;
    }
}
