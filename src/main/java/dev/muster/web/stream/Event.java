package dev.muster.web.stream;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A snapshot of a drill on its way to many. */
final class Event {
    private final String id;
    private final byte[] text;
    private final boolean last;

    /**
     * @param id tells it from others of the same drill
     * @param json the snapshot on one line
     * @param last whether no other follows
     */
    Event(String id, byte[] json, boolean last) {
        ByteArrayOutputStream event = new ByteArrayOutputStream(json.length + 100);
        event.writeBytes(("event: drill\nid: " + id + "\ndata: ").getBytes(StandardCharsets.UTF_8));
        event.writeBytes(json);
        event.writeBytes("\n\n".getBytes(StandardCharsets.UTF_8));
        this.id = id;
        this.text = event.toByteArray();
        this.last = last;
    }

    String id() {
        return id;
    }

    /** As it is sent, to be left as it is. */
    byte[] text() {
        return text;
    }

    boolean last() {
        return last;
    }
}
