package dev.muster.web.limit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Sends requests away at once when more wait than can be answered soon. */
public final class Crowd extends Handler.Wrapper {
    private static final int MOST_WAITING = 200;
    private static final int UNAVAILABLE = 503;
    private static final byte[] ANSWER = """
            {"type": "about:blank", "title": "Service Unavailable", "status": 503, \
            "detail": "Too many requests wait already", "where": "", \
            "remedy": "Wait as long as the header Retry-After says."}""".getBytes(StandardCharsets.UTF_8);

    private final QueuedThreadPool threads;

    /** @param next who answers the others */
    public Crowd(QueuedThreadPool threads, Handler next) {
        super(next);
        this.threads = threads;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (threads.getQueueSize() <= MOST_WAITING) {
            return super.handle(request, response, callback);
        }
        response.setStatus(UNAVAILABLE);
        response.getHeaders().put(HttpHeader.RETRY_AFTER, "2");
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
        response.write(true, ByteBuffer.wrap(ANSWER), callback);
        return true;
    }
}
