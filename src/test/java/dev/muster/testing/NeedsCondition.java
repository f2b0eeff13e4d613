package dev.muster.testing;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Skips a test whose programs are not installed, loudly. */
final class NeedsCondition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Optional<Needs> needs = AnnotationSupport.findAnnotation(context.getElement(), Needs.class);
        List<String> missing = needs.stream()
                .flatMap(each -> Stream.of(each.value()))
                .filter(program -> !installed(program))
                .toList();
        if (missing.isEmpty()) {
            return ConditionEvaluationResult.enabled("everything needed is installed");
        }
        String test = context.getTestClass().map(Class::getSimpleName).orElse("") + "."
                + context.getTestMethod().map(Method::getName).orElse("*");
        if ("true".equals(System.getenv("CI"))) {
            throw new IllegalStateException(test + " needs " + missing + ", which src/test/run should have installed");
        }
        System.out.println("SKIPPED: " + test + " needs " + String.join(", ", missing));
        return ConditionEvaluationResult.disabled("not installed: " + missing);
    }

    static boolean installed(String program) {
        Stream<Path> folders = Stream.concat(
                Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                        .map(Path::of),
                Stream.iterate(20, major -> major - 1)
                        .limit(7)
                        .map(major -> Path.of("/usr/lib/postgresql/" + major + "/bin")));
        return folders.anyMatch(folder -> Files.isExecutable(folder.resolve(program)));
    }
}
