package dev.muster.orchestrator.remote;

import dev.muster.scratch.Worker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The speaking side of a conversation. What is lost with one that breaks off is said again in the next. */
final class Speaking {
    private static final Logger LOG = LoggerFactory.getLogger(Speaking.class);

    private final Worker.Conversation conversation;

    Speaking(Worker.Conversation conversation) {
        this.conversation = conversation;
    }

    synchronized void tell(Told told) {
        try {
            conversation.says().write((Wire.line(told, Told.class) + "\n").getBytes(StandardCharsets.UTF_8));
            conversation.says().flush();
        } catch (IOException brokenOff) {
            LOG.debug("the worker did not hear that", brokenOff);
        }
    }

    void close() {
        conversation.close();
    }
}
