package dev.muster.orchestrator.followup;

import dev.muster.catalog.Catalog;
import dev.muster.catalog.figures.Actions;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.DrillSummary;
import dev.muster.drill.EventKind;
import dev.muster.drill.LedgerEvent;
import dev.muster.drill.Problem;
import dev.muster.evidence.Evidence;
import dev.muster.evidence.EvidenceDraft;
import dev.muster.evidence.Sealed;
import dev.muster.evidence.Unfinished;
import dev.muster.evidence.followup.FollowUp;
import dev.muster.evidence.followup.FollowUpKind;
import dev.muster.evidence.followup.FollowUps;
import dev.muster.ledger.Ledger;
import dev.muster.orchestrator.written.WrittenActions;
import dev.muster.signing.KeyRing;
import dev.muster.signing.Signer;
import dev.muster.signing.timestamp.TimestampAuthority;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Completes evidence and adds to it, by new signed files and new lines in the ledger; what is signed is never edited. */
public final class FollowingUp {
    private static final Logger LOG = LoggerFactory.getLogger(FollowingUp.class);

    private final Ledger ledger;
    private final Catalog catalog;
    private final KeyRing keys;
    private final Optional<TimestampAuthority> authority;
    private final Reviewers reviewers;
    private final Path folder;
    private final Clock clock;

    /**
     * Follows up the evidence of a folder.
     *
     * @param keys those that sign
     * @param approvers the file of those who may sign off, where the settings name one
     */
    public FollowingUp(
            Ledger ledger,
            Catalog catalog,
            KeyRing keys,
            Optional<TimestampAuthority> authority,
            Optional<Path> approvers,
            Path folder,
            Clock clock) {
        this.ledger = ledger;
        this.catalog = catalog;
        this.keys = keys;
        this.authority = authority;
        this.reviewers = new Reviewers(approvers, clock);
        this.folder = folder;
        this.clock = clock;
    }

    /** All evidence that lacks something, the oldest first. */
    public List<Incomplete> incomplete() {
        return Incomplete.in(ledger.events());
    }

    /** Adds what is missing. */
    public Completed complete(Incomplete incomplete) throws InterruptedException {
        return incomplete.missing() == Incomplete.Missing.SIGNATURE
                ? sign(incomplete.drill(), incomplete.draft().orElseThrow())
                : stamp(incomplete.drill());
    }

    private Completed sign(String drill, String digest) throws InterruptedException {
        Unfinished unfinished = new Unfinished(folder);
        EvidenceDraft draft = unfinished.read(drill, digest, of(drill));
        Signer signing = keys.evidence();
        Optional<Path> before = Unfinished.written(draft, folder);
        Sealed sealed = before.isPresent()
                ? new Sealed(before.get(), Optional.empty())
                : Evidence.seal(
                        draft,
                        ledger.prove(draft.events(), keys.ledger()),
                        signing,
                        keys.ledger().publicKey(),
                        authority,
                        folder);
        Map<String, String> details = new TreeMap<>();
        details.put("bundle sha256", Evidence.sha256(sealed.bundle()));
        details.put("draft sha256", digest);
        sealed.untimed().ifPresent(problem -> details.put("timestamp", "none: " + problem.what()));
        ledger.append(EventKind.EVIDENCE_COMPLETED, drill, details);
        catalog.find(drill)
                .ifPresent(summary ->
                        catalog.remember(summary.withBundle(sealed.bundle().toString())));
        unfinished.remove(drill);
        Evidence.page(sealed.bundle());
        return new Completed(drill, Incomplete.Missing.SIGNATURE, sealed.bundle(), sealed.untimed());
    }

    private Completed stamp(String drill) throws InterruptedException {
        if (authority.isEmpty()) {
            throw new CouldNotRun(new Problem(
                    "The settings name no timestamp authority",
                    drill,
                    "Name one under `timestamp` in the settings, then run `muster evidence complete " + drill + "`."));
        }
        Path bundle = whole(drill);
        FollowUp added = Evidence.backfill(bundle, authority.get(), keys.evidence(), clock.instant());
        note(EventKind.EVIDENCE_COMPLETED, drill, added);
        return new Completed(drill, Incomplete.Missing.TIMESTAMP, added.file(), Optional.empty());
    }

    /** Notes what is done about a finding. */
    public FollowUp note(String drill, Action action) {
        action.retest().filter(retest -> of(retest).isEmpty()).ifPresent(unknown -> {
            throw new CouldNotRun(new Problem(
                    "The ledger knows no drill " + unknown + " that could be a retest",
                    "--retest " + unknown,
                    "`muster drills` lists them; write the name in full."));
        });
        FollowUp added = FollowUps.beside(whole(drill))
                .add(
                        action.closed() ? FollowUpKind.CLOSING : FollowUpKind.ACTION,
                        action.content(),
                        keys.evidence(),
                        clock.instant());
        note(action.closed() ? EventKind.FINDING_CLOSED : EventKind.ACTION_NOTED, drill, added);
        rememberActions(drill);
        return added;
    }

    /** Actions in the catalog are copies for pages: what is noted is noted, whether they could be made or not. */
    private void rememberActions(String drill) {
        try {
            catalog.find(drill)
                    .ifPresent(found -> found.bundle()
                            .ifPresent(bundle -> new Actions(catalog)
                                    .remember(
                                            drill,
                                            WrittenActions.of(
                                                    drill, found.system(), FollowUps.beside(Path.of(bundle))))));
        } catch (CouldNotRun unable) {
            LOG.warn("the catalog does not have this action until `muster catalog rebuild`: {}", unable.problem());
        }
    }

    /**
     * Notes that somebody has read a bundle and stands by it.
     *
     * @param signature the file that their {@code ssh-keygen -Y sign} made over the bundle
     */
    public FollowUp signOff(String drill, String by, String comment, Path signature) {
        Path bundle = whole(drill);
        Signer signing = keys.evidence();
        String operator = of(drill).stream()
                .filter(event -> event.kind() == EventKind.PLANNED)
                .findFirst()
                .map(event -> event.details().getOrDefault("requested by", ""))
                .orElse("");
        Map<String, String> content = reviewers.reviewed(bundle, by, comment, signature, operator, signing.publicKey());
        FollowUp added = FollowUps.beside(bundle).add(FollowUpKind.SIGN_OFF, content, signing, clock.instant());
        note(EventKind.SIGNED_OFF, drill, added);
        return added;
    }

    private void note(EventKind kind, String drill, FollowUp added) {
        ledger.append(
                kind,
                drill,
                Map.of(FollowUp.DIGEST, added.sha256(), FollowUp.NUMBER, Integer.toString(added.number())));
    }

    private List<LedgerEvent> of(String drill) {
        return ledger.events().stream()
                .filter(event -> event.drill().equals(drill))
                .toList();
    }

    /** The bundle of a drill, with nothing that follows it missing: what came next would hide the gap. */
    private Path whole(String drill) {
        Path bundle = catalog.find(drill)
                .flatMap(DrillSummary::bundle)
                .map(Path::of)
                .orElseThrow(() -> new CouldNotRun(new Problem(
                        "The drill has no bundle that could be followed up",
                        drill,
                        "When its evidence is not signed yet, run `muster evidence complete " + drill + "` first.")));
        List<Problem> problems = problems(drill, bundle);
        if (!problems.isEmpty()) {
            throw new CouldNotRun(problems.get(0));
        }
        return bundle;
    }

    /** What is wrong with the follow-ups of a bundle, measured against the ledger. */
    public List<Problem> problems(String drill, Path bundle) {
        return problems(of(drill), bundle);
    }

    /**
     * What is wrong with the follow-ups of a bundle.
     *
     * @param events the drill's lines in the ledger
     */
    public static List<Problem> problems(List<LedgerEvent> events, Path bundle) {
        FollowUps followUps = FollowUps.beside(bundle);
        List<Problem> problems = new ArrayList<>(followUps.problems());
        List<String> noted = events.stream()
                .filter(event -> event.details().containsKey(FollowUp.DIGEST))
                .map(event -> event.details().getOrDefault(FollowUp.DIGEST, ""))
                .toList();
        List<String> there = followUps.all().stream().map(FollowUp::sha256).toList();
        for (LedgerEvent event : events) {
            String digest = event.details().getOrDefault(FollowUp.DIGEST, "");
            if (!digest.isEmpty() && !there.contains(digest)) {
                problems.add(new Problem(
                        "Follow-up " + event.details().getOrDefault(FollowUp.NUMBER, "") + " (" + event.kind() + " at "
                                + event.at() + ") is missing or was changed",
                        bundle.toString(),
                        "The ledger has its SHA-256, " + digest + ". Put the file back from a copy."));
            }
        }
        for (FollowUp one : followUps.all()) {
            if (!noted.contains(one.sha256())) {
                problems.add(new Problem(
                        "The ledger does not know this follow-up",
                        one.file().toString(),
                        "Somebody put it there, or the power went between the two. Move it away, and note again what"
                                + " it says."));
            }
        }
        return List.copyOf(problems);
    }
}
