package dev.muster.drill;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How an application is started on the restored data. Texts may hold places such as {@code {database}} or {@code {port}}
 * that are filled in when it starts.
 *
 * @param command the program and its arguments; empty where it is made up of objects of Kubernetes
 * @param image what has the program, where the scratch is in Kubernetes; absent means the worker's own
 * @param environment what the program finds in its environment
 * @param filestore where the application looks for the restored files, below its folder for data
 * @param version a query for the application's version
 * @param health what answers once the application is up
 * @param within how long that may take
 * @param ensemble the objects of Kubernetes that make it up; absent for a program in the scratch
 */
public record Application(
        String name,
        List<String> command,
        Optional<String> image,
        Map<String, String> environment,
        Optional<String> filestore,
        Optional<String> version,
        String health,
        Duration within,
        Optional<Ensemble> ensemble) {
    public static final Duration USUAL = Duration.ofMinutes(2);

    public Application {
        command = List.copyOf(command);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }
}
