package dev.muster.backup.choice;

import dev.muster.backup.bucket.DigestsBeside;
import dev.muster.backup.bucket.Unreadable;
import dev.muster.backup.bucket.Vault;
import dev.muster.backup.bucket.Workers;
import dev.muster.backup.format.Judgement;
import dev.muster.backup.format.Layout;
import dev.muster.backup.format.VaultProbe;
import dev.muster.drill.BackupSource;
import dev.muster.drill.Candidate;
import dev.muster.drill.StoredObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Looks through what lies under one prefix, finds the backup that is wanted, and says of each why or why not. */
final class Survey {
    private final Vault vault;
    private final Workers workers;
    private final BackupSource source;
    private final Layout layout;
    private final Instant disaster;
    private final Preference preference;
    private final Optional<String> asked;
    private final Map<String, String> tried;
    private final boolean thorough;

    /** @param thorough whether also those are looked into that cannot be better than the best so far */
    Survey(
            Vault vault,
            Workers workers,
            BackupSource source,
            Layout layout,
            Instant disaster,
            Preference preference,
            Optional<String> asked,
            Map<String, String> tried,
            boolean thorough) {
        this.vault = vault;
        this.workers = workers;
        this.source = source;
        this.layout = layout;
        this.disaster = disaster;
        this.preference = preference;
        this.asked = asked;
        this.tried = tried;
        this.thorough = thorough;
    }

    /** One candidate for each object, the newest first. */
    List<Candidate> candidates(List<StoredObject> objects) throws InterruptedException {
        List<Contender> contenders = new ArrayList<>();
        List<Candidate> candidates = new ArrayList<>();
        for (StoredObject object : objects) {
            Optional<String> wrongName = Names.fault(object, layout, source, asked);
            if (wrongName.isPresent()) {
                candidates.add(new Candidate(
                        source.asset(), object, Candidate.NOT_LOOKED_INTO, false, false, wrongName.get()));
            } else {
                contenders.add(Contender.listed(object, layout.claimedByListing(object)));
            }
        }
        contenders.sort(Comparator.comparing((Contender one) -> preference.bestCase(one), preference)
                .thenComparing(one -> one.object().lastModified())
                .reversed());
        Optional<Contender> chosen = look(contenders);
        DigestsBeside digests = new DigestsBeside(objects);
        contenders.forEach(one -> candidates.add(candidate(one, chosen, digests)));
        candidates.sort(Comparator.comparing(Survey::when).reversed());
        return candidates;
    }

    /** Looks into the most promising ones until none that is left can be better than the best so far. */
    private Optional<Contender> look(List<Contender> contenders) throws InterruptedException {
        Optional<Contender> best = Optional.empty();
        for (int from = 0; from < contenders.size(); from += Workers.COUNT) {
            if (!thorough && best.isPresent() && !canBeat(contenders.get(from), best.get())) {
                return best;
            }
            int to = Math.min(from + Workers.COUNT, contenders.size());
            List<Contender> judged = judge(contenders.subList(from, to));
            for (int i = from; i < to; i++) {
                Contender one = judged.get(i - from);
                contenders.set(i, one);
                if (one.sound()
                        && !tooLate(one)
                        && (best.isEmpty()
                                || preference.compare(one.standing(), best.get().standing()) > 0)) {
                    best = Optional.of(one);
                }
            }
        }
        return best;
    }

    private boolean canBeat(Contender one, Contender best) {
        return preference.compare(preference.bestCase(one), best.standing()) > 0;
    }

    private List<Contender> judge(List<Contender> some) throws InterruptedException {
        List<Callable<Contender>> looks = new ArrayList<>();
        some.forEach(one -> looks.add(() -> judge(one)));
        try {
            return workers.all(looks);
        } catch (Unreadable e) {
            throw new IllegalStateException("a look at an object leaves no such report", e);
        }
    }

    private Contender judge(Contender one) throws InterruptedException {
        StoredObject object = one.object();
        if (object.size() == 0) {
            return one.judged(Judgement.faulty("It is empty"));
        }
        Optional<String> unfinished = Names.unfinished(object);
        if (unfinished.isPresent()) {
            return one.judged(Judgement.faulty(unfinished.get()));
        }
        try {
            Judgement judgement = layout.judge(object, new VaultProbe(vault, object));
            Optional<String> failed = Optional.ofNullable(tried.get(object.address()));
            return one.judged(failed.isPresent() ? new Judgement(judgement.claimed(), failed) : judgement);
        } catch (Unreadable e) {
            return one.judged(Judgement.faulty("It " + e.how()));
        }
    }

    private Candidate candidate(Contender one, Optional<Contender> chosen, DigestsBeside digests) {
        boolean isChosen =
                chosen.filter(best -> best.object().equals(one.object())).isPresent();
        return new Candidate(
                source.asset(),
                one.object(),
                one.claimed(),
                one.fault().isEmpty(),
                isChosen,
                reason(one, chosen, isChosen) + digests.remark(one.object()));
    }

    private String reason(Contender one, Optional<Contender> chosen, boolean isChosen) {
        if (one.fault().isPresent()) {
            return one.fault().get() + ".";
        }
        if (isChosen) {
            String why = asked.isPresent() ? "Chosen: it was asked for by name." : preference.whyChosen(one.at());
            return why + one.remark() + one.lateness(disaster);
        }
        if (tooLate(one)) {
            return "From after the disaster instant " + disaster + "." + one.remark();
        }
        String passedOver = chosen.map(best -> preference.whyPassedOver(one.at(), best.at()))
                .orElse("Not looked into.");
        return passedOver + one.remark();
    }

    /** Of one that claims no instant, whoever asks for it by name knows better than the time of storing. */
    private boolean tooLate(Contender one) {
        return asked.isPresent() ? one.claimsAfter(disaster) : one.after(disaster);
    }

    private static Instant when(Candidate candidate) {
        return candidate.claimed().at().orElse(candidate.object().lastModified());
    }
}
