package dev.muster.backup.bucket;

import dev.muster.drill.Problem;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/**
 * Why nothing came back from a server.
 *
 * @param setting that says where it is
 * @param credentials the setting that says what opens it
 */
record Unanswered(String server, String setting, String credentials) {

    Problem problem(Throwable fault, String where) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return unreachable("The name of " + server + " is not known", where);
            }
            if (cause instanceof SSLException) {
                return new Problem(
                        "No secure connection to " + server + ": " + cause.getMessage(),
                        where,
                        "Check whether `" + setting + "` should begin with http instead of https, and"
                                + " whether Java trusts the server's certificate (a private authority is added with"
                                + " -Djavax.net.ssl.trustStore in JAVA_TOOL_OPTIONS).");
            }
            if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
                return unreachable("Nothing answers at " + server + ": " + cause.getMessage(), where);
            }
            if (cause instanceof SocketTimeoutException) {
                return unreachable(server + " does not answer in time", where);
            }
        }
        if (String.valueOf(fault.getMessage()).contains("credentials")) {
            return new Problem(
                    "There are no credentials for the vault",
                    where,
                    "Set `" + credentials + "` in the settings, or the environment variables"
                            + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.");
        }
        return unreachable("The connection to " + server + " broke off: " + fault.getMessage(), where);
    }

    private Problem unreachable(String what, String where) {
        return new Problem(
                what,
                where,
                "Check `" + setting + "` in the settings, and whether this machine can reach it: curl -sI " + server);
    }
}
