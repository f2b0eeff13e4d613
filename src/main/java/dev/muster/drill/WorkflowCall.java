package dev.muster.drill;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One call of a workflow. Texts may hold places such as {@code {order}} for what an earlier call captured.
 *
 * @param place the file and line it stands in
 * @param capture the path of a value in the answer, by the name that it gets
 * @param versions the versions of the application that the call is made for; absent means all
 * @param within the longest that one such call may take
 * @param repeat how often it is made
 * @param latency the longest that 95 in 100 of them may take
 */
public record WorkflowCall(
        CallAction action,
        String place,
        Map<String, String> capture,
        CallExpectation expect,
        Optional<VersionRange> versions,
        Duration within,
        int repeat,
        Optional<Duration> latency) {
    public static final Duration USUAL = Duration.ofSeconds(30);

    public WorkflowCall {
        capture = Collections.unmodifiableMap(new LinkedHashMap<>(capture));
    }
}
