package dev.muster.backup.log;

import java.io.IOException;
import java.io.InputStream;

/** How the files of an archived log are encrypted. */
public interface LogSeal {
    /** That of a log that is not encrypted. */
    LogSeal NONE = new LogSeal() {
        @Override
        public InputStream open(InputStream file) {
            return file;
        }

        @Override
        public byte[] beginning(byte[] head) {
            return head;
        }
    };

    /** The content of a whole file; what cannot be decrypted is caused by a {@link java.security.GeneralSecurityException}. */
    InputStream open(InputStream file) throws IOException;

    /** As much of the content's beginning as these first bytes of a file hold. */
    byte[] beginning(byte[] head);
}
