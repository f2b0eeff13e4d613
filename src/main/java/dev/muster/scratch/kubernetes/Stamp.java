package dev.muster.scratch.kubernetes;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is written on a scratch for whoever finds it, with or without a catalog.
 *
 * @param owner the process that opens it
 * @param version of Muster
 */
record Stamp(String drill, String system, Instant opened, Instant expires, String owner, String version) {

    Map<String, String> annotations() {
        Map<String, String> annotations = new TreeMap<>();
        annotations.put(Labels.DRILL, drill);
        annotations.put(Labels.SYSTEM, system);
        annotations.put(Labels.OPENED_AT, opened.toString());
        annotations.put(Labels.ALIVE_AT, opened.toString());
        annotations.put(Labels.EXPIRES_AT, expires.toString());
        annotations.put(Labels.OWNER, owner);
        annotations.put(Labels.VERSION, version);
        annotations.put(Labels.KEPT, Boolean.toString(false));
        return annotations;
    }
}
