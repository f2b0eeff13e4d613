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
        byte[] line = (Wire.line(told, Told.class) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            conversation.says().write(line);
            conversation.says().flush();
        } catch (IOException | RuntimeException brokenOff) {
            // How a line breaks off is for whoever made it to say.
            LOG.debug("the worker did not hear that", brokenOff);
            // Half a line may have gone over, and whatever follows it would be rubbish.
            close();
        }
    }

    void close() {
        conversation.close();
    }
}
