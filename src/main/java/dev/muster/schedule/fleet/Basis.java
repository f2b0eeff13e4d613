package dev.muster.schedule.fleet;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.Period;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * All that a choice is made from, beside its seed.
 *
 * @param each every tenant is to pass at least this often
 * @param coming the slots after this one within that time, without those in forbidden windows
 * @param candidates by name
 */
record Basis(
        String fleet,
        Instant slot,
        String each,
        int byRisk,
        int byLot,
        List<Instant> coming,
        List<Candidate> candidates) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    Basis {
        coming = List.copyOf(coming);
        candidates = List.copyOf(candidates);
    }

    Period period() {
        return Period.parse(each);
    }

    String json() {
        return MAPPER.writeValueAsString(this);
    }

    static Basis of(String json) {
        return MAPPER.readValue(json, Basis.class);
    }

    /** What every choice for this slot is drawn by: nobody picks it, and anybody can work it out. */
    String seed() {
        return sha256("muster fleet\n" + fleet + "\n" + slot);
    }

    static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
