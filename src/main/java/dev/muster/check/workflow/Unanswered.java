package dev.muster.check.workflow;

/** A question to the database that has no answer, which says nothing about the application. */
final class Unanswered extends Exception {
    private static final long serialVersionUID = 1;

    Unanswered(String why) {
        super(why);
    }
}
