package dev.muster.signing;

import java.nio.file.Path;
import java.util.Locale;

/** What a key of an installation signs. */
public enum KeyUse {
    EVIDENCE,
    LEDGER;

    private static final int DIGITS = 16;

    /** As settings, commands and the names of files have it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    Path privateFile(Path folder) {
        return folder.resolve(word() + "-key.pem");
    }

    /** Where the public half lies, to be handed out. */
    public Path publicFile(Path folder) {
        return folder.resolve(word() + "-key.pub.pem");
    }

    Path retiredFile(Path folder, String keyId) {
        return folder.resolve(word() + "-key-" + keyId.substring(0, DIGITS) + ".pub.pem");
    }
}
