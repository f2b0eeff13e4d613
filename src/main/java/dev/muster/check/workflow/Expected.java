package dev.muster.check.workflow;

import dev.muster.drill.CallExpectation;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What a call must answer, with what was captured before it. */
record Expected(CallExpectation expect, Memory memory) {

    void compare(Reply reply) throws Refused {
        if (expect.status().isPresent() ? expect.status().getAsInt() != reply.status() : !reply.good()) {
            throw new Refused("expected status "
                    + (expect.status().isPresent() ? expect.status().getAsInt() : "of success") + ", got "
                    + reply.status() + ": " + text(reply));
        }
        if (expect.contains().isPresent()) {
            String wanted = memory.fill(expect.contains().get());
            if (!new String(reply.body(), StandardCharsets.UTF_8).contains(wanted)) {
                throw new Refused("expected a body that contains " + wanted + ", got " + text(reply));
            }
        }
        if (expect.sha1().isPresent()) {
            String wanted = memory.fill(expect.sha1().get());
            String given = sha1(reply.body());
            if (!given.equals(wanted)) {
                throw new Refused("expected bytes with the SHA-1 " + wanted + ", got " + reply.body().length
                        + " bytes with " + given);
            }
        }
        for (Map.Entry<String, String> value : expect.values().entrySet()) {
            compare(value.getKey(), memory.fill(value.getValue()), JsonPath.at(reply.value(), value.getKey()));
        }
    }

    private static void compare(String path, String wanted, JsonNode given) throws Refused {
        boolean met = wanted.equals(CallExpectation.GIVEN) ? !empty(given) : same(wanted, given);
        if (!met) {
            throw new Refused("expected "
                    + (wanted.equals(CallExpectation.GIVEN) ? "a value" : wanted) + " at " + path + ", got "
                    + (given.isMissingNode() ? "nothing" : Memory.plain(given)));
        }
    }

    private static boolean same(String wanted, JsonNode given) {
        if (!given.isValueNode() || given.isMissingNode()) {
            return false;
        }
        return given.asString().equals(wanted) || sameNumber(wanted, given.asString());
    }

    private static boolean sameNumber(String wanted, String given) {
        String number = "-?\\d{1,30}(\\.\\d{1,30})?";
        return wanted.matches(number)
                && given.matches(number)
                && new BigDecimal(wanted).compareTo(new BigDecimal(given)) == 0;
    }

    /** Nothing, or what stands for nothing: Odoo writes false for it. */
    static boolean empty(JsonNode value) {
        return value.isMissingNode()
                || value.isNull()
                || (value.isBoolean() && !value.booleanValue())
                || (value.isString() && value.stringValue().isEmpty())
                || (value.isContainer() && value.isEmpty());
    }

    private static String text(Reply reply) {
        return reply.body().length == 0
                ? "an empty body"
                : new String(reply.body(), 0, Math.min(reply.body().length, 300), StandardCharsets.UTF_8);
    }

    private static String sha1(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
