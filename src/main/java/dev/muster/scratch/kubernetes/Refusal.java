package dev.muster.scratch.kubernetes;

import dev.muster.drill.Problem;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Why the API server did not do what it was asked, and what comes of it. */
final class Refusal {
    private static final int TOO_MANY = 429;
    private static final int INVALID = 422;
    private static final Pattern NOT_YET =
            Pattern.compile("status unknown for quota|error looking up service account .* not found");

    private final KubernetesClientException said;
    private final String object;

    /** @param object what was asked for, as people find it: kind, namespace and name */
    Refusal(KubernetesClientException said, String object) {
        this.said = said;
        this.object = object;
    }

    /** Whether the same request may well be answered a little later: nobody has said no. */
    boolean passing() {
        return away() || (said.getCode() == HttpURLConnection.HTTP_CONFLICT && !exists()) || notYet();
    }

    /** Whether what should be made is there already. */
    boolean exists() {
        return said.getStatus() != null
                && "AlreadyExists".equals(said.getStatus().getReason());
    }

    /** Whether the server has not taken in yet what it has just been told: a new quota, or a new service account. */
    private boolean notYet() {
        return said.getCode() == HttpURLConnection.HTTP_FORBIDDEN
                && NOT_YET.matcher(message()).find();
    }

    /** Whether it says no to whoever asks; for a moment, a server that has just started says so to everybody. */
    boolean unwelcome() {
        return said.getCode() == HttpURLConnection.HTTP_UNAUTHORIZED
                || (said.getCode() == HttpURLConnection.HTTP_FORBIDDEN
                        && message().contains(" cannot "));
    }

    /** Whether nobody is there to answer, or somebody who has no time. */
    boolean away() {
        int code = said.getCode();
        return code < HttpURLConnection.HTTP_BAD_REQUEST
                || code == HttpURLConnection.HTTP_CLIENT_TIMEOUT
                || code == TOO_MANY
                || code >= HttpURLConnection.HTTP_INTERNAL_ERROR;
    }

    boolean missing() {
        return said.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
    }

    /** The quota that has no room for it. */
    Optional<Shortage> shortage() {
        return said.getCode() == HttpURLConnection.HTTP_FORBIDDEN ? Shortage.in(message()) : Optional.empty();
    }

    Problem problem() {
        String message = message();
        if (away()) {
            return new Problem(
                    "The API server of Kubernetes does not answer: " + message,
                    object,
                    "See whether it runs and can be reached from here, with `kubectl get --raw /readyz`, and run the"
                            + " drill again.");
        }
        return switch (said.getCode()) {
            case HttpURLConnection.HTTP_UNAUTHORIZED ->
                new Problem(
                        "Kubernetes does not accept the credentials any more: " + message,
                        object,
                        "Renew what the kubeconfig holds, or see that the token of the service account is still there"
                                + " and its account exists; `kubectl auth whoami` says who asks.");
            case HttpURLConnection.HTTP_FORBIDDEN -> forbidden(message);
            case HttpURLConnection.HTTP_NOT_FOUND ->
                new Problem(
                        "It is not there (any more): " + message,
                        object,
                        "See who removed it with `kubectl get events -A`, and run the drill again.");
            case HttpURLConnection.HTTP_CONFLICT ->
                new Problem(
                        "Somebody else changes it at the same time: " + message,
                        object,
                        "Find out who with `kubectl get --show-managed-fields -o yaml`, and keep them from it.");
            case HttpURLConnection.HTTP_BAD_REQUEST, INVALID ->
                new Problem(
                        "Kubernetes refuses it as invalid: " + message,
                        object,
                        "Correct what it names under scratch.kubernetes in the runbook or kubernetes in the settings;"
                                + " `muster plan` shows every manifest.");
            default ->
                new Problem(
                        "Kubernetes refused it (" + said.getCode() + "): " + message,
                        object,
                        "The API server's log says more; `muster plan` shows what was asked of it.");
        };
    }

    private Problem forbidden(String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        Optional<Shortage> shortage = shortage();
        if (shortage.isPresent()) {
            return new Problem(
                    "A quota of the namespace has no room for it: " + shortage.get(),
                    object,
                    "Raise that quota, ask for less under scratch.kubernetes in the runbook, or let fewer drills run at"
                            + " once.");
        }
        if (lower.contains("violates podsecurity")) {
            return new Problem(
                    "PodSecurity of the namespace refuses it: " + message,
                    object,
                    "Pods of a scratch keep to the level `restricted`; what it names comes from the runbook or from"
                            + " whatever changes pods on their way in: `muster plan` shows the pod as it was asked"
                            + " for.");
        }
        if (lower.contains("being terminated")) {
            return new Problem(
                    "The namespace is being deleted: " + message,
                    object,
                    "Somebody deleted it while the drill ran; see who in the API server's audit log, and run the drill"
                            + " again.");
        }
        if (lower.contains(" cannot ")) {
            return new Problem(
                    "The account that Muster uses is not allowed to: " + message,
                    object,
                    "Grant it what config/kubernetes/rbac/ lists, for example with `kubectl apply -k"
                            + " config/kubernetes/rbac`.");
        }
        return new Problem(
                "Kubernetes forbids it: " + message,
                object,
                "Look for the admission rule that it names, and let objects labelled"
                        + " app.kubernetes.io/managed-by=muster pass.");
    }

    /** What the server said, without what the client says about its own request. */
    String message() {
        String message = said.getStatus() != null && said.getStatus().getMessage() != null
                ? said.getStatus().getMessage()
                : deepest(said);
        return message.strip().replaceAll("\\.+$", "");
    }

    private static String deepest(Throwable thrown) {
        if (thrown instanceof ConnectException) {
            return "nobody listens there";
        }
        if (thrown.getCause() != null && thrown.getCause() != thrown) {
            return deepest(thrown.getCause());
        }
        return thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage();
    }
}
