package dev.muster.backup.health;

import dev.muster.backup.bucket.Fetch;
import dev.muster.backup.bucket.Unreadable;
import dev.muster.backup.bucket.Vault;
import dev.muster.backup.bucket.Workers;
import dev.muster.backup.choice.Stock;
import dev.muster.backup.format.Layout;
import dev.muster.drill.BackupSource;
import dev.muster.drill.Candidate;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.StoredObject;
import dev.muster.drill.VaultAnswer;
import dev.muster.drill.VaultState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Looks over what lies in the vaults, and asks of each asset whether it lies there as was promised. */
public final class VaultHealth {
    private final Function<String, Vault> vaults;
    private final Workers workers;
    private final Instant now;

    /** @param now the instant that is asked about: what was stored later is left out */
    public VaultHealth(Function<String, Vault> vaults, Workers workers, Instant now) {
        this.vaults = vaults;
        this.workers = workers;
        this.now = now;
    }

    public List<VaultState> states(List<Stock> stocks) throws InterruptedException {
        List<VaultState> states = new ArrayList<>();
        for (Stock stock : stocks) {
            states.add(
                    stock.layout().isPresent()
                            ? state(stock, stock.layout().get())
                            : new VaultState(
                                    stock.source(),
                                    stock.candidates(),
                                    List.of(),
                                    Optional.empty(),
                                    Map.of(),
                                    List.of()));
        }
        return states;
    }

    private VaultState state(Stock stock, Layout layout) throws InterruptedException {
        BackupSource source = stock.source();
        Vault vault = vaults.apply(source.vault());
        Holdings holdings = new Holdings(source, vault, stock.candidates(), generations(stock, layout, vault), now);
        Each each = new Each(workers);
        Locks locks = new Locks(each);
        List<VaultAnswer> answers = new ArrayList<>();
        for (Question question : List.of(
                new AnyPromise(),
                new Freshness(),
                new Sequence(),
                new Sizes(),
                new Retention(),
                new Encryption(each),
                new Versioning(each),
                locks,
                new Replica(each, vaults))) {
            answers.add(ask(question, holdings));
        }
        return new VaultState(
                source, stock.candidates(), holdings.gaps(), holdings.worstLoss(), locks.until(), answers);
    }

    /** What keeps a question from being asked matters where the answer was promised, and is told in any case. */
    private static VaultAnswer ask(Question question, Holdings holdings) throws InterruptedException {
        try {
            return question.ask(holdings);
        } catch (CouldNotRun unasked) {
            Reply reply = new Reply(question);
            return question.promised(holdings.promises())
                    ? reply.unknown(unasked.problem())
                    : reply.seen("could not be asked", unasked.problem().what()).notPromised();
        }
    }

    private List<Generation> generations(Stock stock, Layout layout, Vault vault) throws InterruptedException {
        List<Generation> generations = new ArrayList<>();
        for (Candidate candidate : stock.candidates()) {
            StoredObject head = candidate.object();
            Instant at = candidate.claimed().at().orElse(head.lastModified());
            if (candidate.complete() && !at.isAfter(now)) {
                generations.add(new Generation(head, at, parts(layout, head, vault)));
            }
        }
        generations.sort(Comparator.comparing(Generation::at).reversed());
        return generations;
    }

    private List<StoredObject> parts(Layout layout, StoredObject head, Vault vault) throws InterruptedException {
        try {
            return workers.await(workers.start(() -> layout.parts(head)));
        } catch (Unreadable e) {
            throw new CouldNotRun(Fetch.changed(vault.place(head.key()), e.how()), e);
        }
    }
}
