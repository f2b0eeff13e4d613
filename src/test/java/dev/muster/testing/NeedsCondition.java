package dev.muster.testing;

import dev.muster.scratch.postgres.Servers;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Skips a test that this machine cannot run, loudly. */
final class NeedsCondition implements ExecutionCondition {
    private static final Set<String> POSTGRES_CLIENTS = Set.of("pg_dump", "pg_restore", "psql");
    /** The tests dump from servers of this version, which older clients refuse. */
    private static final int OLDEST_CLIENT = 15;

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Optional<Needs> needs = AnnotationSupport.findAnnotation(context.getElement(), Needs.class);
        List<String> missing = needs.map(NeedsCondition::missing).orElse(List.of());
        if (missing.isEmpty()) {
            return ConditionEvaluationResult.enabled("everything needed is there");
        }
        String test = context.getTestClass().map(Class::getSimpleName).orElse("") + "."
                + context.getTestMethod().map(Method::getName).orElse("*");
        if ("true".equals(System.getenv("CI"))) {
            throw new IllegalStateException(
                    test + " needs " + String.join(", ", missing) + "; with CI=true no test may be skipped");
        }
        System.out.println("SKIPPED: " + test + " needs " + String.join(", ", missing));
        return ConditionEvaluationResult.disabled("missing: " + missing);
    }

    private static List<String> missing(Needs needs) {
        List<String> missing = new ArrayList<>(
                Stream.of(needs.value()).filter(program -> !installed(program)).toList());
        if (needs.root() && !"root".equals(System.getProperty("user.name"))) {
            missing.add("root");
        }
        return missing;
    }

    private static boolean installed(String program) {
        if (program.equals(Needs.OWN_NETWORK)) {
            return Stream.of("unshare", "nsenter", "ip").allMatch(NeedsCondition::installed) && mayBeCutOff();
        }
        if (POSTGRES_CLIENTS.contains(program)) {
            // Debian's wrappers on the search path are there without any client behind them.
            return Servers.ofThisMachine().clients(program).stream()
                    .anyMatch(client -> client.major() >= OLDEST_CLIENT);
        }
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static boolean mayBeCutOff() {
        boolean root = "root".equals(System.getProperty("user.name"));
        try {
            Process tried = new ProcessBuilder("unshare", root ? "--net" : "--map-root-user", "--net", "true").start();
            return tried.onExit().join().exitValue() == 0;
        } catch (IOException missing) {
            return false;
        }
    }
}
