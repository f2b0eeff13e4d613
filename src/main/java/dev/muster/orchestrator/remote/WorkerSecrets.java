package dev.muster.orchestrator.remote;

import dev.muster.backup.VaultSettings;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.Secret;
import dev.muster.scratch.Beside;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** The secrets of one drill as its worker finds them: a folder with a file for each. */
public final class WorkerSecrets {
    private final Path folder;

    WorkerSecrets(Path folder) {
        this.folder = folder;
    }

    /** The secret behind a reference of the runbook. */
    public Secret behind(String reference) {
        return read(SecretNames.of(reference)).orElseThrow(() -> missing(SecretNames.of(reference)));
    }

    /** What opens databases beside the scratch. */
    Secret beside() {
        return needed(Beside.PASSWORD).get();
    }

    VaultSettings vault(Told.VaultPlace place) {
        SecretNames names = new SecretNames(place.name());
        return new VaultSettings(
                place.name(),
                place.endpoint(),
                place.region(),
                place.bucket(),
                place.pathStyle(),
                Optional.of(needed(names.accessKey())),
                Optional.of(needed(names.secretKey())),
                read(names.sessionToken()).map(token -> needed(names.sessionToken())),
                Optional.empty());
    }

    private Supplier<Secret> needed(String name) {
        return () -> read(name).orElseThrow(() -> missing(name));
    }

    private Optional<Secret> read(String name) {
        Path file = folder.resolve(name);
        try {
            return Files.exists(file) ? Optional.of(new Secret(Files.readString(file))) : Optional.empty();
        } catch (IOException failed) {
            throw new CouldNotRun(
                    new Problem(
                            "A secret of the drill cannot be read: " + failed,
                            file.toString(),
                            "See whether the pod's user may read what is mounted there."),
                    failed);
        }
    }

    private CouldNotRun missing(String name) {
        return new CouldNotRun(new Problem(
                "The worker was not given the secret " + name,
                folder.resolve(name).toString(),
                "Run the drill again; if that does not help, let the worker's image be of the same Muster as the one"
                        + " that conducts the drill."));
    }
}
