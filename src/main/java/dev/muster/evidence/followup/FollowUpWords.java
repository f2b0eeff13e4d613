package dev.muster.evidence.followup;

import java.util.ArrayList;
import java.util.List;

/** What a follow-up says, in a sentence. */
public final class FollowUpWords {
    private FollowUpWords() {}

    /** The sentence, for a terminal and for a page; who signed is not part of it. */
    public static String sentence(FollowUp one) {
        return onOneLine(said(one));
    }

    /** Without anything that would make a terminal do more than show it. */
    static String onOneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    private static String said(FollowUp one) {
        return switch (one.kind()) {
            case ACTION -> one.text("owner") + " looks after \u201c" + one.text("finding") + "\u201d" + details(one);
            case CLOSING -> one.text("owner") + " closed \u201c" + one.text("finding") + "\u201d" + details(one);
            case SIGN_OFF -> signOff(one);
            case TIMESTAMP -> "a timestamp that could not be had when the bundle was signed";
            case UNKNOWN -> "something that this Muster does not know; a newer one wrote it";
        };
    }

    private static String details(FollowUp one) {
        List<String> parts = new ArrayList<>();
        for (String name : List.of("due", "ticket", "retest")) {
            if (!one.text(name).isEmpty()) {
                parts.add(name + " " + one.text(name));
            }
        }
        return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")";
    }

    private static String signOff(FollowUp one) {
        List<String> remarks = new ArrayList<>(List.of("key " + one.text("key")));
        if (one.text("selfAttested").equals("true")) {
            remarks.add("SELF-ATTESTED: it is the key that signs the evidence");
        }
        if (one.text("reviewerIsOperator").equals("true")) {
            remarks.add("the reviewer is the operator of the drill");
        }
        String comment = one.text("comment");
        return one.text("by") + " signed off" + (comment.isEmpty() ? "" : ": \u201c" + comment + "\u201d") + " ("
                + String.join("; ", remarks) + ")";
    }
}
