package dev.muster.cli;

import dev.muster.evidence.Evidence;
import dev.muster.evidence.bundle.Verification;
import dev.muster.ledger.Checkpoint;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code muster verify}: is this evidence whole, and by whom. */
@Command(
        name = "verify",
        description = "Verifies a bundle or a pack offline: exit code 5 when it is not whole, 6 when not trusted.")
final class VerifyCommand implements Callable<Integer> {
    @ParentCommand
    private MusterCommand muster;

    @Parameters(paramLabel = "FILE", description = "A bundle, drill-….zip, or a pack of them.")
    private Path bundle;

    @Option(
            names = "--trust",
            paramLabel = "DIR",
            description = "A folder with the public keys (*.pem) that you trust; else this installation's own.")
    private @Nullable Path trust;

    @Option(
            names = "--since",
            paramLabel = "FILE",
            description = "For a pack: a checkpoint that you have, which its ledger must go on from.")
    private @Nullable Path since;

    @Override
    public Integer call() throws Exception {
        Verification verification = Evidence.verify(
                bundle,
                trust == null ? ownKeys() : trust,
                Optional.ofNullable(since).map(Checkpoint::read));
        int exitCode = switch (verification.outcome()) {
            case VALID -> ExitCode.PASSED;
            case INVALID -> ExitCode.EVIDENCE_INVALID;
            case NOT_TRUSTED -> ExitCode.EVIDENCE_NOT_TRUSTED;
        };
        if (muster.json()) {
            new Json()
                    .with("outcome", verification.outcome().name())
                    .with("checked", verification.lines())
                    .with("problems", Json.list(verification.problems(), DrillJson::problem))
                    .print(muster.terminal());
        } else {
            verification.lines().forEach(muster.terminal().out()::println);
            verification.problems().forEach(muster.terminal().out()::println);
            muster.terminal()
                    .out()
                    .println(
                            muster.terminal().bold(verification.outcome().name().replace('_', ' ')));
        }
        return exitCode;
    }

    private Path ownKeys() throws Exception {
        try (Workshop workshop = muster.workshop()) {
            return workshop.keys();
        }
    }
}
