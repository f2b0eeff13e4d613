package dev.muster.web.limit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Sends requests away at once when more are answered already than there is strength for; streams do not count. */
public final class Crowd extends Handler.Wrapper {
    private static final int UNAVAILABLE = 503;
    private static final byte[] ANSWER = """
            {"type": "about:blank", "title": "Service Unavailable", "status": 503, \
            "detail": "Too many requests are being answered already", "where": "", \
            "remedy": "Wait as long as the header Retry-After says."}""".getBytes(StandardCharsets.UTF_8);

    private final int most;
    private final AtomicInteger present = new AtomicInteger();

    /**
     * @param most how many are answered at once, which has to leave threads for sending the others away
     * @param next who answers them
     */
    public Crowd(int most, Handler next) {
        super(next);
        this.most = most;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        try {
            if (present.incrementAndGet() <= most) {
                return super.handle(request, response, callback);
            }
        } finally {
            present.decrementAndGet();
        }
        response.setStatus(UNAVAILABLE);
        response.getHeaders().put(HttpHeader.RETRY_AFTER, "2");
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
        response.write(true, ByteBuffer.wrap(ANSWER), callback);
        return true;
    }
}
