package dev.muster.runbook.yaml;

import dev.muster.runbook.Misprint;

/** Where something was written. Line zero means on the command line. */
record Place(String file, int line, int column) {

    Misprint misprint(String what, String remedy) {
        return new Misprint(file, line, column, what, remedy);
    }
}
