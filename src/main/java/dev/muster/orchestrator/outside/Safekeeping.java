package dev.muster.orchestrator.outside;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.EventKind;
import dev.muster.drill.Problem;
import dev.muster.ledger.Checkpoint;
import dev.muster.ledger.Destination;
import dev.muster.ledger.Ledger;
import dev.muster.ledger.Witness;
import dev.muster.signing.Signer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Signs what the ledger is now, has it co-signed, keeps it, and puts it outside. */
public final class Safekeeping {
    private final Ledger ledger;
    private final List<Witness> witnesses;
    private final List<Destination> destinations;

    public Safekeeping(Ledger ledger, List<Witness> witnesses, List<Destination> destinations) {
        this.ledger = ledger;
        this.witnesses = List.copyOf(witnesses);
        this.destinations = List.copyOf(destinations);
    }

    /**
     * What was signed.
     *
     * @param troubles which witness did not sign and which destination does not have it; the checkpoint is kept all the
     *     same
     */
    public record Kept(Checkpoint checkpoint, List<Problem> troubles) {
        public Kept {
            troubles = List.copyOf(troubles);
        }
    }

    /** Keeps a checkpoint of now. */
    public Kept keep(Signer signer) throws InterruptedException {
        List<Problem> troubles = new ArrayList<>();
        Checkpoint checkpoint = ledger.checkpoint(signer);
        for (Witness witness : witnesses) {
            try {
                checkpoint = witness.cosign(checkpoint, ledger);
            } catch (CouldNotRun unable) {
                troubles.add(unable.problem());
            } catch (RuntimeException unforeseen) {
                // Nobody here answers for what a witness says.
                troubles.add(new Problem(
                        "The witness did not sign: unforeseen trouble, " + unforeseen,
                        witness.name(),
                        "Run `muster ledger checkpoint --heartbeat --verbose` to try again, and report it."));
            }
        }
        ledger.checkpoints().keep(checkpoint);
        troubles.addAll(ledger.outbox().send(checkpoint, destinations));
        return new Kept(checkpoint, troubles);
    }

    /** Notes in the ledger that Muster was awake, with what waits to be put outside, and keeps a checkpoint of that. */
    public Kept heartbeat(Signer signer) throws InterruptedException {
        String waiting = ledger.outbox().waiting().stream().map(Problem::what).collect(Collectors.joining("; "));
        ledger.append(EventKind.HEARTBEAT, "", waiting.isEmpty() ? Map.of() : Map.of("not outside yet", waiting));
        return keep(signer);
    }
}
