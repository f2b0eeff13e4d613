package dev.muster.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.CouldNotRun;
import dev.muster.evidence.bundle.Verification;
import dev.muster.evidence.bundle.Verification.Outcome;
import dev.muster.evidence.record.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import tools.jackson.databind.JsonNode;

/** {@code config/verify/verify.py}, started once for all tests of a class. */
final class SecondOpinion implements BeforeAllCallback, AfterAllCallback {
    private static final String ANSWERING = """
            import json, sys
            sys.path.insert(0, "config/verify")
            import verify
            for request in sys.stdin:
                bundle, trust = json.loads(request)
                said = []
                try:
                    code = verify.verify(bundle, verify.trusted_keys(trust), said.append)
                except OSError:
                    code = 3
                print(json.dumps({"code": code, "said": said}), flush=True)
            """;

    private static final Map<Outcome, Integer> CODES =
            Map.of(Outcome.VALID, 0, Outcome.INVALID, 5, Outcome.NOT_TRUSTED, 6);

    private @Nullable Process python;
    private @Nullable Writer questions;
    private @Nullable BufferedReader answers;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        // Without -B it would leave its compiled form in the folder that is shipped.
        Process started = new ProcessBuilder("python3", "-B", "-c", ANSWERING)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        questions = started.outputWriter(StandardCharsets.UTF_8);
        answers = started.inputReader(StandardCharsets.UTF_8);
        python = started;
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        if (questions != null) {
            questions.close();
        }
        if (python != null) {
            assertThat(python.waitFor()).isZero();
        }
    }

    /** What Muster says of a bundle, once the other verifier has come to the same. */
    Verification agreed(Path bundle, Path trust, BiFunction<Path, Path, Verification> muster) {
        JsonNode other = ask(bundle, trust);
        Verification verification;
        try {
            verification = muster.apply(bundle, trust);
        } catch (CouldNotRun unreadable) {
            assertThat(other.path("code").asInt(-1)).as(unreadable.getMessage()).isEqualTo(3);
            throw unreadable;
        }
        assertThat(other.path("code").asInt(-1))
                .as("verify.py says %s, Muster says %s", said(other), verification.problems())
                .isEqualTo(CODES.get(verification.outcome()));
        return verification;
    }

    /** The sentences about a bundle. */
    List<String> said(Path bundle, Path trust) {
        return said(ask(bundle, trust));
    }

    private static List<String> said(JsonNode answer) {
        List<String> said = new ArrayList<>();
        answer.path("said").forEach(sentence -> said.add(sentence.asString("")));
        return said;
    }

    private JsonNode ask(Path bundle, Path trust) {
        if (questions == null || answers == null) {
            throw new IllegalStateException("not started");
        }
        try {
            byte[] question = Json.compact(List.of(bundle.toString(), trust.toString()));
            questions.write(new String(question, StandardCharsets.UTF_8) + "\n");
            questions.flush();
            String answer = answers.readLine();
            return Json.read(String.valueOf(answer).getBytes(StandardCharsets.UTF_8))
                    .orElseThrow();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
