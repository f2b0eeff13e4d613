package dev.muster.telling.mail;

import dev.muster.drill.Secret;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The server that takes mail.
 *
 * @param trust a file of certificates that the server's has to lead to; absent means those that Java trusts
 */
public record MailServer(
        String host,
        int port,
        Protection protection,
        Optional<String> user,
        Optional<Supplier<Secret>> password,
        Optional<Path> trust) {

    /** How what is sent is kept from others. */
    public enum Protection {
        /** Not at all. */
        NONE,
        /** The connection begins in plain text and must become TLS before anything is said. */
        STARTTLS,
        /** TLS from the first byte. */
        TLS
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
