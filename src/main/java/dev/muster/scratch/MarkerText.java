package dev.muster.scratch;

import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A marker as the JSON text of its file. */
final class MarkerText {
    private final JsonMapper json = JsonMapper.builder().build();

    byte[] write(Marker marker) {
        ObjectNode node = json.createObjectNode()
                .put("id", marker.id())
                .put("drill", marker.drill())
                .put("place", marker.place())
                .put("opened", marker.opened().toString())
                .put("expires", marker.expires().toString())
                .put("kept", marker.kept())
                .put("reach", marker.reach());
        node.putObject("owner")
                .put("host", marker.owner().host())
                .put("boot", marker.owner().boot())
                .put("process", marker.owner().process())
                .put("startTicks", marker.owner().startTicks());
        return json.writeValueAsBytes(node);
    }

    Marker read(String text) {
        JsonNode node = json.readTree(text);
        JsonNode owner = node.required("owner");
        return new Marker(
                node.required("id").stringValue(),
                node.required("drill").stringValue(),
                node.required("place").stringValue(),
                new Holder(
                        owner.required("host").stringValue(),
                        owner.required("boot").stringValue(),
                        owner.required("process").longValue(),
                        owner.required("startTicks").longValue()),
                Instant.parse(node.required("opened").stringValue()),
                Instant.parse(node.required("expires").stringValue()),
                node.required("kept").booleanValue(),
                node.required("reach").stringValue());
    }
}
