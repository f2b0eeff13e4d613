package dev.muster.orchestrator;

import dev.muster.check.comparison.Background;
import dev.muster.drill.Census;
import dev.muster.drill.CheckResult;
import dev.muster.drill.DrillRequest;
import dev.muster.drill.Erasure;
import dev.muster.drill.RecoveryTarget;
import dev.muster.drill.Secret;
import dev.muster.scratch.Beside;
import dev.muster.scratch.Served;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The one who conducts a drill, for whoever works in the scratch. */
final class OutsideHere implements Outside {
    private final DrillRequest request;
    private final String drill;
    private final VaultChecks vaultChecks;
    private final KnownBefore knownBefore;
    private final ErasureLists erasureLists;
    private final Runnable cutOff;
    private final Beside beside;

    /**
     * @param cutOff takes back the scratch's ways out; nothing for one that never had any
     * @param beside what is had beside the scratch
     */
    OutsideHere(
            DrillRequest request,
            String drill,
            VaultChecks vaultChecks,
            KnownBefore knownBefore,
            ErasureLists erasureLists,
            Runnable cutOff,
            Beside beside) {
        this.request = request;
        this.drill = drill;
        this.vaultChecks = vaultChecks;
        this.knownBefore = knownBefore;
        this.erasureLists = erasureLists;
        this.cutOff = cutOff;
        this.beside = beside;
    }

    @Override
    public void cutOff() {
        cutOff.run();
    }

    @Override
    public List<CheckResult> askVaults() throws InterruptedException {
        return vaultChecks.run(request, drill);
    }

    @Override
    public Background.Known baseline(Instant point) throws InterruptedException {
        return knownBefore.baseline(request.runbook(), point);
    }

    @Override
    public Optional<Census> lastCensus(Instant point) {
        return knownBefore.lastCensus(request.runbook(), point);
    }

    @Override
    public Erased erased(Erasure.Listing listing) throws InterruptedException {
        return erasureLists.read(listing, request.runbook().file());
    }

    @Override
    public Secret password() {
        return beside.password();
    }

    @Override
    public Served start(String application, Map<String, String> blanks, OptionalInt port) throws InterruptedException {
        return beside.start(application, blanks, port);
    }

    @Override
    public Served recover(RecoveryTarget target) throws InterruptedException {
        return beside.recover(target);
    }
}
