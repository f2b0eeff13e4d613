package dev.muster.cli;

import dev.muster.drill.EventKind;
import dev.muster.signing.PublicKeyText;
import dev.muster.signing.Rotation;
import dev.muster.signing.SigningKeys;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code muster keys}: the keys that sign evidence. */
@Command(
        name = "keys",
        description = "The keys that sign evidence.",
        subcommands = {KeysCommand.Init.class, KeysCommand.Show.class, KeysCommand.Rotate.class})
final class KeysCommand {
    @ParentCommand
    private MusterCommand muster;

    private static Json json(PublicKeyText key) {
        return new Json()
                .with("keyId", key.keyId())
                .with("demonstration", key.demonstration())
                .with("publicKey", key.pem())
                .with("sshKey", key.sshKey());
    }

    /** {@code muster keys init}. */
    @Command(name = "init", description = "Makes the key that signs this installation's evidence.")
    static final class Init implements Callable<Integer> {
        @ParentCommand
        private KeysCommand keys;

        @Override
        public Integer call() throws Exception {
            MusterCommand muster = keys.muster;
            try (Workshop workshop = muster.workshop()) {
                SigningKeys made = SigningKeys.init(workshop.keys());
                if (muster.json()) {
                    new Json()
                            .with("keyId", made.keyId())
                            .with("publicKey", made.publicKeyPem())
                            .with("folder", workshop.keys())
                            .print(muster.terminal());
                } else {
                    muster.terminal()
                            .out()
                            .println("Made the key " + made.keyId() + " in " + workshop.keys()
                                    + ".\nGive this public half to whoever shall verify your evidence:\n"
                                    + made.publicKeyPem().strip());
                }
                return ExitCode.PASSED;
            }
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
                String current = SigningKeys.open(workshop.keys()).keyId();
                List<PublicKeyText> all = SigningKeys.publicKeys(workshop.keys());
                if (muster.json()) {
                    new Json()
                            .with("current", current)
                            .with("keys", Json.list(all, KeysCommand::json))
                            .print(muster.terminal());
                } else {
                    all.forEach(key -> muster.terminal()
                            .out()
                            .println((key.keyId().equals(current) ? "current  " : "retired  ") + key.keyId()
                                    + (key.demonstration() ? "  demonstration key, not trusted" : "") + "\n"
                                    + key.pem().strip() + "\n" + key.sshKey()));
                }
                return ExitCode.PASSED;
            }
        }
    }

    /** {@code muster keys rotate}. */
    @Command(
            name = "rotate",
            description = "Replaces the key; the old public half is kept, so old evidence still verifies.")
    static final class Rotate implements Callable<Integer> {
        @ParentCommand
        private KeysCommand keys;

        @Override
        public Integer call() throws Exception {
            MusterCommand muster = keys.muster;
            try (Workshop workshop = muster.workshop()) {
                Rotation rotation = SigningKeys.open(workshop.keys()).rotate();
                workshop.ledger()
                        .append(
                                EventKind.KEY_ROTATED,
                                "",
                                Map.of("from", rotation.retiredKeyId(), "to", rotation.currentKeyId()));
                if (muster.json()) {
                    new Json()
                            .with("retired", rotation.retiredKeyId())
                            .with("current", rotation.currentKeyId())
                            .print(muster.terminal());
                } else {
                    muster.terminal()
                            .out()
                            .println("Retired " + rotation.retiredKeyId() + "\nCurrent " + rotation.currentKeyId());
                }
                return ExitCode.PASSED;
            }
        }
    }
}
