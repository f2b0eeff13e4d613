package dev.muster.check;

import java.sql.SQLException;

/** An error as the server said it, on one line. */
public record ServerError(String message, String state) {

    public static ServerError of(SQLException error) {
        String message = String.valueOf(error.getMessage()).lines().findFirst().orElse("");
        String state = error.getSQLState();
        return new ServerError(message.replaceFirst("^(ERROR|FATAL): ", ""), state == null ? "" : state);
    }

    /** Whether the server stumbled over the data itself: damaged pages, damaged indexes, files that are not there. */
    boolean blamesTheData() {
        return state.equals("XX001") || state.equals("XX002") || state.equals("58P01");
    }

    /** Whether the question was broken off from outside: cancelled, connection lost, server ended. */
    boolean endsTheSession() {
        return state.startsWith("57") || state.startsWith("08");
    }

    @Override
    public String toString() {
        return message + (state.isEmpty() ? "" : " [" + state + "]");
    }
}
