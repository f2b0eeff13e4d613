package dev.muster.ledger;

import java.nio.file.Files;
import java.nio.file.Path;

/** A process that has the ledger to itself until it is told to let go. */
final class HoldsTheLedger {
    private HoldsTheLedger() {}

    public static void main(String[] arguments) throws Exception {
        LedgerFile.in(Path.of(arguments[0])).exclusively((lines, writer) -> {
            System.out.println("held");
            System.out.flush();
            // Until the other side closes the pipe.
            while (System.in.read() >= 0) {}
            Files.writeString(Path.of(arguments[0], "let-go"), "");
            return lines;
        });
    }
}
