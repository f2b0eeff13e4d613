package dev.muster.restore.sealed;

import dev.muster.drill.BadBackup;
import java.io.IOException;
import java.util.List;

/** One of the programs that encrypt: how it is called, and what its words mean. */
interface Opener {

    /** The command that does nothing but tell the program's version. */
    List<String> version();

    /** The Debian package that brings the program. */
    String debianPackage();

    void open(Unsealing unsealing) throws IOException, BadBackup, InterruptedException;
}
