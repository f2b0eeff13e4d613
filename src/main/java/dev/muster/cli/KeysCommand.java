package dev.muster.cli;

import dev.muster.drill.EventKind;
import dev.muster.drill.Problem;
import dev.muster.signing.KeyRing;
import dev.muster.signing.KeyUse;
import dev.muster.signing.PublicKeyText;
import dev.muster.signing.Rotation;
import java.time.Period;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code muster keys}: the keys that sign evidence and ledger. */
@Command(
        name = "keys",
        description = "The keys that sign evidence and ledger.",
        subcommands = {KeysCommand.Init.class, KeysCommand.Show.class, KeysCommand.Rotate.class})
final class KeysCommand {
    @ParentCommand
    private MusterCommand muster;

    private static Json json(PublicKeyText key) {
        return new Json()
                .with("keyId", key.keyId())
                .with("kind", key.kind().word())
                .with("validFrom", key.validity().from())
                .with("validUntil", key.validity().until())
                .with("demonstration", key.demonstration())
                .with("publicKey", key.pem())
                .with("sshKey", key.sshKey());
    }

    /** {@code muster keys init}. */
    @Command(name = "init", description = "Makes the keys that sign this installation's evidence and its ledger.")
    static final class Init implements Callable<Integer> {
        private static final String LENGTH = "[1-9][0-9]{0,3}[ywd]";

        @ParentCommand
        private KeysCommand keys;

        @Option(
                names = "--valid",
                paramLabel = "TIME",
                description = "How long the keys are to be trusted, such as 2y or 90d; else for ever.")
        private @Nullable String valid;

        @Override
        public Integer call() throws Exception {
            MusterCommand muster = keys.muster;
            try (Workshop workshop = muster.workshop()) {
                KeyRing ring = workshop.keyRing();
                List<KeyRing.Held> made = ring.init(Optional.ofNullable(valid).map(Init::length));
                String evidence = ring.held(KeyUse.EVIDENCE).signer().keyId();
                if (muster.json()) {
                    new Json()
                            .with("keyId", evidence)
                            .with(
                                    "ledgerKeyId",
                                    ring.held(KeyUse.LEDGER).signer().keyId())
                            .with("made", Json.list(made, Init::json))
                            .with("folder", workshop.keys())
                            .print(muster.terminal());
                } else {
                    made.forEach(key -> muster.terminal().out().println(text(key, workshop)));
                }
                return ExitCode.PASSED;
            }
        }

        private static Period length(String text) {
            if (!text.matches(LENGTH)) {
                throw new WrongUsage(new Problem(
                        "`" + text + "` is no length of time for a key",
                        "--valid",
                        "Write years, weeks or days, such as 2y, 52w or 90d."));
            }
            return Period.parse("P" + text.toUpperCase(Locale.ROOT));
        }

        private static Json json(KeyRing.Held made) {
            return KeysCommand.json(made.signer().publicKey())
                    .with("use", made.use().word());
        }

        private static String text(KeyRing.Held made, Workshop workshop) {
            return "Made the key for " + made.use().word() + ", "
                    + made.signer().keyId() + ", in " + workshop.keys()
                    + ".\nGive its public half to whoever shall verify your evidence, "
                    + made.use().publicFile(workshop.keys()) + ":\n"
                    + made.signer().publicKeyPem().strip();
        }
    }

    /** {@code muster keys show}. */
    @Command(name = "show", description = "Shows the public keys, retired ones included.")
    static final class Show implements Callable<Integer> {
        @ParentCommand
        private KeysCommand keys;

        @Override
        public Integer call() throws Exception {
            MusterCommand muster = keys.muster;
            try (Workshop workshop = muster.workshop()) {
                KeyRing.Held evidence = workshop.keyRing().held(KeyUse.EVIDENCE);
                KeyRing.Held ledger = workshop.keyRing().held(KeyUse.LEDGER);
                List<Shown> all = workshop.keyRing().publicKeys().stream()
                        .map(key -> new Shown(key, evidence, ledger))
                        .toList();
                if (muster.json()) {
                    new Json()
                            .with("current", evidence.signer().keyId())
                            .with("ledger", ledger.signer().keyId())
                            .with("keys", Json.list(all, Shown::json))
                            .print(muster.terminal());
                } else {
                    all.forEach(key -> muster.terminal().out().println(key.text()));
                }
                return ExitCode.PASSED;
            }
        }
    }

    /** A public key, and what it is for here. */
    private record Shown(PublicKeyText key, KeyRing.Held evidence, KeyRing.Held ledger) {
        /** As what it is held; both when the ledger has no key of its own. */
        private List<KeyRing.Held> held() {
            return Stream.of(evidence, ledger)
                    .filter(held -> held.signer().keyId().equals(key.keyId()))
                    .toList();
        }

        private String state() {
            return switch (held().size()) {
                case 0 -> key.validity().until().isPresent() ? "retired" : "trusted";
                case 1 -> held().get(0).use().word();
                default -> "evidence and ledger";
            };
        }

        Json json() {
            return KeysCommand.json(key)
                    .with("use", state())
                    .with("place", held().stream().findFirst().map(KeyRing.Held::place));
        }

        String text() {
            return state() + "  " + key.keyId() + "  " + key.kind().word()
                    + held().stream()
                            .findFirst()
                            .map(held -> "  " + held.place())
                            .orElse("")
                    + (key.validity().endless() ? "" : "  valid " + key.validity())
                    + (key.demonstration() ? "  demonstration key, not trusted" : "") + "\n"
                    + key.pem().strip() + "\n" + key.sshKey();
        }
    }

    /** {@code muster keys rotate}. */
    @Command(
            name = "rotate",
            description = "Replaces a key; the old public half is kept, so old evidence still verifies.")
    static final class Rotate implements Callable<Integer> {
        @ParentCommand
        private KeysCommand keys;

        @Parameters(arity = "0..1", paramLabel = "USE", description = "evidence or ledger; else evidence.")
        private String use = KeyUse.EVIDENCE.word();

        @Override
        public Integer call() throws Exception {
            MusterCommand muster = keys.muster;
            try (Workshop workshop = muster.workshop()) {
                Rotation rotation = workshop.keyRing().rotate(use());
                workshop.ledger().append(EventKind.KEY_ROTATED, "", rotation.details());
                if (muster.json()) {
                    new Json()
                            .with("use", rotation.use().word())
                            .with("retired", rotation.retired().keyId())
                            .with("current", rotation.current().keyId())
                            .print(muster.terminal());
                } else {
                    muster.terminal()
                            .out()
                            .println("Retired " + rotation.retired().keyId() + "\nCurrent "
                                    + rotation.current().keyId()
                                    + "\nHand out the public keys again, the retired one with its new end: "
                                    + workshop.keys() + "/*.pub.pem");
                }
                return ExitCode.PASSED;
            }
        }

        private KeyUse use() {
            return Stream.of(KeyUse.values())
                    .filter(each -> each.word().equals(use))
                    .findFirst()
                    .orElseThrow(() -> new WrongUsage(new Problem(
                            "There is no key for `" + use + "`", "USE", "Write evidence or ledger, or nothing.")));
        }
    }
}
