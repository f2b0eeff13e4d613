package dev.muster.check.erasure;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who was erased by request: a table of comma-separated values in UTF-8 whose first line names the columns {@code id} and,
 * if it is there, {@code erased}.
 *
 * @param place where it lies
 * @param sha256 the digest of its bytes
 */
public record ErasureList(String place, String sha256, List<Request> requests) {
    public static final int MOST_BYTES = 16 << 20;

    private static final int MOST_REQUESTS = 100_000;
    private static final int LONGEST = 1000;

    public ErasureList {
        requests = List.copyOf(requests);
    }

    /** Reads it whole; a list that is wrong in one place is not used at all. */
    public static ErasureList read(byte[] content, String place) {
        if (content.length > MOST_BYTES) {
            throw bad("has more than " + MOST_BYTES + " bytes", place);
        }
        List<SeparatedValues.Row> rows = SeparatedValues.read(text(content, place), place);
        if (rows.isEmpty()) {
            throw bad("is empty", place);
        }
        List<String> columns = rows.get(0).values().stream().map(String::strip).toList();
        int id = columns.indexOf("id");
        if (id < 0) {
            throw bad("does not begin with a line that names its columns, one of them `id`", place);
        }
        int erased = columns.indexOf("erased");
        List<Request> requests = new ArrayList<>();
        Map<String, Integer> known = new HashMap<>();
        for (SeparatedValues.Row row : rows.subList(1, rows.size())) {
            if (row.values().size() != columns.size()) {
                throw bad(
                        "has " + row.values().size() + " instead of " + columns.size() + " values in line "
                                + row.line(),
                        place);
            }
            Request request = request(row, id, erased, place);
            Integer before = known.putIfAbsent(request.id(), request.line());
            if (before != null) {
                throw bad("names the same person in line " + before + " and in line " + request.line(), place);
            }
            requests.add(request);
        }
        if (requests.isEmpty()) {
            throw bad("names nobody, so that nothing is proven", place);
        }
        if (requests.size() > MOST_REQUESTS) {
            throw bad(
                    "names " + requests.size() + " persons, more than the " + MOST_REQUESTS + " that are believed",
                    place);
        }
        return new ErasureList(place, sha256(content), requests);
    }

    private static Request request(SeparatedValues.Row row, int id, int erased, String place) {
        String name = row.values().get(id).strip();
        if (name.isEmpty() || name.length() > LONGEST || name.chars().anyMatch(Character::isISOControl)) {
            throw bad("has no identifier of 1 to " + LONGEST + " printable characters in line " + row.line(), place);
        }
        String when = erased < 0 ? "" : row.values().get(erased).strip();
        try {
            return new Request(
                    row.line(),
                    name,
                    when.isEmpty()
                            ? Optional.<Instant>empty()
                            : Optional.of(OffsetDateTime.parse(when).toInstant()));
        } catch (DateTimeParseException nonsense) {
            throw bad("has no instant such as 2026-11-20T14:00:00Z under `erased` in line " + row.line(), place);
        }
    }

    private static String text(byte[] content, String place) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException garbled) {
            throw bad("is not UTF-8", place);
        }
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    static CouldNotRun bad(String how, String place) {
        return new CouldNotRun(new Problem(
                "The list of erasures " + how,
                place,
                "Correct the list or the job that writes it: comma-separated values in UTF-8, the first line \"id,erased\","
                        + " then one person in each line."));
    }
}
