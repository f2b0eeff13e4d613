package dev.muster.signing;

import dev.muster.drill.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Where a private key lies that Muster did not make. */
public sealed interface KeySource {
    /** The key, ready to sign. */
    Signer open();

    /** What it takes to open it, so that it can be kept out of sight; not looked up before it is asked for. */
    default Optional<Supplier<Secret>> secret() {
        return Optional.empty();
    }

    /** In a PEM file, such as one that a cluster mounts from its secrets. */
    record Pem(Path file) implements KeySource {
        @Override
        public Signer open() {
            return PemFile.open(file);
        }

        @Override
        public String toString() {
            return "PEM file " + file;
        }
    }

    /**
     * In a PKCS#12 store.
     *
     * @param alias which of its keys; absent when it holds one only
     */
    record Pkcs12(Path file, Supplier<Secret> password, Optional<String> alias) implements KeySource {
        @Override
        public Signer open() {
            return Pkcs12File.open(this);
        }

        @Override
        public Optional<Supplier<Secret>> secret() {
            return Optional.of(password);
        }

        @Override
        public String toString() {
            return "PKCS#12 store " + file;
        }
    }

    /**
     * In a token that is reached through its maker's library.
     *
     * @param slot the token's slot; absent means the first one that holds a token
     * @param label what the key and its certificate are called there
     */
    record Pkcs11(Path library, OptionalLong slot, Supplier<Secret> pin, String label) implements KeySource {
        @Override
        public Signer open() {
            return Token.open(this);
        }

        @Override
        public Optional<Supplier<Secret>> secret() {
            return Optional.of(pin);
        }

        @Override
        public String toString() {
            return "PKCS#11 key " + label + " by " + library;
        }
    }

    /**
     * With somebody whom a program asks to sign.
     *
     * @param publicKey the file with the public half, which every answer is verified with
     */
    record Program(List<String> command, Path publicKey) implements KeySource {
        public Program {
            command = List.copyOf(command);
        }

        @Override
        public Signer open() {
            return ProgramSigner.open(this);
        }

        /** The program alone: what follows it is nobody's business. */
        @Override
        public String toString() {
            return "program " + command.get(0);
        }
    }
}
