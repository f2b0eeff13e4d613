package dev.muster.web.limit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers requests that cannot even be read: an address that is too long, too many headers, no HTTP at all. */
public final class Unreadable implements Request.Handler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        String answer = "{\"type\": \"about:blank\", \"title\": \"" + HttpStatus.getMessage(status) + "\", \"status\": "
                + status + ", \"detail\": \"The request cannot be read or answered\", \"where\": \"\","
                + " \"remedy\": \"See that it is HTTP/1.1, with an address and headers of at most 8 KiB.\"}";
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
        response.write(true, ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)), callback);
        return true;
    }
}
