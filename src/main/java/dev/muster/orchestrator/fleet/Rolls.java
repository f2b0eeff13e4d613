package dev.muster.orchestrator.fleet;

import dev.muster.backup.Vaults;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Fleet;
import dev.muster.drill.Problem;
import dev.muster.drill.Roll;
import dev.muster.drill.Runbook;
import dev.muster.drill.Secret;
import dev.muster.drill.TenantSource;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** Calls up the tenants of fleets. Whoever cannot be asked is a {@code CouldNotRun}: nobody there is no answer. */
public final class Rolls {
    private static final int MOST = 50_000;

    private final Vaults vaults;
    private final Function<String, Secret> secrets;

    public Rolls(Vaults vaults, Function<String, Secret> secrets) {
        this.vaults = vaults;
        this.secrets = secrets;
    }

    /** The tenants of the fleet that a runbook is the template of. */
    public Roll of(Runbook runbook) throws InterruptedException {
        Fleet fleet = runbook.fleet().orElseThrow();
        List<String> names = fleet.tenants().match(new Names(runbook)).call();
        if (names.size() > MOST) {
            throw new CouldNotRun(new Problem(
                    "The fleet has more than " + MOST + " names",
                    runbook.file(),
                    "Divide it into several, each with a runbook of its own."));
        }
        Roll roll = Roll.of(names);
        if (roll.tenants().isEmpty()) {
            throw new CouldNotRun(new Problem(
                    "The fleet has no tenant"
                            + (roll.refused().isEmpty()
                                    ? ""
                                    : ", and " + roll.refused().size() + " names that none can have, such as "
                                            + roll.refused().get(0)),
                    runbook.file(),
                    "Look at `fleet.tenants` in the runbook, and at what it points to."));
        }
        return roll;
    }

    /** Asks a source. */
    private interface Asking {
        List<String> call() throws InterruptedException;
    }

    private final class Names implements TenantSource.Cases<Asking> {
        private final Runbook runbook;

        Names(Runbook runbook) {
            this.runbook = runbook;
        }

        @Override
        public Asking written(TenantSource.Written source) {
            return source::names;
        }

        @Override
        public Asking inFile(TenantSource.InFile source) {
            return () -> NameFile.read(Path.of(runbook.file()).resolveSibling(source.file()), MOST);
        }

        @Override
        public Asking inVault(TenantSource.InVault source) {
            return () -> vaults.folders(source.vault(), source.prefix());
        }

        @Override
        public Asking queried(TenantSource.Queried source) {
            return () -> new NameQuery(source, secrets).names(MOST + 1);
        }
    }
}
