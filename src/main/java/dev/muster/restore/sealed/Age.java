package dev.muster.restore.sealed;

import dev.muster.drill.BadBackup;
import dev.muster.scratch.Finished;
import java.io.IOException;
import java.util.List;

/** What {@code age} has encrypted for a recipient. */
final class Age implements Opener {
    private static final String ERROR = "age: error: ";

    @Override
    public List<String> version() {
        return List.of("age", "--version");
    }

    @Override
    public String debianPackage() {
        return "age";
    }

    @Override
    public void open(Unsealing unsealing) throws IOException, BadBackup, InterruptedException {
        Finished finished = unsealing.decrypt(List.of(
                "age",
                "--decrypt",
                "--identity=" + unsealing.keyFile(),
                "--output=" + unsealing.plain(),
                unsealing.job().file().toString()));
        if (finished.succeeded()) {
            return;
        }
        String said = finished.lastLines().stream()
                .filter(line -> line.startsWith(ERROR))
                .map(line -> line.substring(ERROR.length()))
                .findFirst()
                .orElse("exit code " + finished.exit());
        if (said.contains("no identity matched") || said.startsWith("reading \"")) {
            throw unsealing.wrongKey(
                    said.startsWith("reading \"") ? "it is no identity of age, which begins AGE-SECRET-KEY-" : said);
        }
        if (said.contains("passphrase")) {
            throw unsealing
                    .job()
                    .cannot(
                            "The backup is encrypted with a pass phrase for age, which asks for it on a terminal only",
                            "Let the backup job encrypt for a recipient instead, with `age --recipient`.");
        }
        if (said.contains("no space left")) {
            throw new IOException(said);
        }
        throw unsealing.job().bad("The encrypted backup is cut short or damaged: " + said);
    }
}
