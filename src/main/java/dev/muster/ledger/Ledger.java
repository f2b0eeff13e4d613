package dev.muster.ledger;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.EventKind;
import dev.muster.drill.LedgerEvent;
import dev.muster.drill.Problem;
import dev.muster.signing.Signer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The append-only list of every event of every drill, each line holding the digest of the line before. */
public final class Ledger {
    private static final int ORIGIN_DIGITS = 16;

    private final LedgerFile file;
    private final Clock clock;

    private Ledger(LedgerFile file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /** Opens the ledger of a folder; an empty one when there is none yet. */
    public static Ledger open(Path folder, Clock clock) {
        return new Ledger(LedgerFile.in(folder), clock);
    }

    /** Adds an event, which is on disk when this returns. Several processes may do so in turn. */
    public LedgerEvent append(EventKind kind, String drill, Map<String, String> details) {
        // An event must reach the ledger also while its drill is being cancelled.
        boolean interrupted = Thread.interrupted();
        try {
            return file.exclusively((lines, writer) -> {
                List<LedgerEvent> events = parsed(lines);
                refuseContradictions(events, kind, drill);
                LedgerEvent event = EventLine.event(
                        events.size() + 1L,
                        clock.instant().truncatedTo(ChronoUnit.MILLIS),
                        kind,
                        drill,
                        details,
                        events.isEmpty()
                                ? EventLine.BEFORE_THE_FIRST
                                : events.get(events.size() - 1).digest());
                writer.append(EventLine.format(event));
                return event;
            });
        } catch (IOException failed) {
            throw unusable("The ledger could not be written (" + failed + ")", failed);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void refuseContradictions(List<LedgerEvent> events, EventKind kind, String drill) {
        for (LedgerEvent earlier : events) {
            if (!earlier.drill().equals(drill)) {
                continue;
            }
            if (kind.terminal() && earlier.kind().terminal()) {
                throw new CouldNotRun(new Problem(
                        "Drill " + drill + " has ended already: it is " + earlier.kind() + " since " + earlier.at()
                                + ", so " + kind + " was not noted",
                        place(earlier.sequence()),
                        "See what ended it with `muster show " + drill + "`. Start a new drill if you need another"
                                + " result."));
            }
            if (kind == EventKind.PLANNED && earlier.kind() == EventKind.PLANNED) {
                throw new CouldNotRun(new Problem(
                        "There is a drill " + drill + " already",
                        place(earlier.sequence()),
                        "Each try is a drill of its own. Start it again so that it gets a new id."));
            }
        }
    }

    /** Every event, oldest first. */
    public List<LedgerEvent> events() {
        return parsed(lines());
    }

    /** The PLANNED event of each drill that has not ended; its details say who owns the drill. */
    public List<LedgerEvent> openDrills() {
        Map<String, LedgerEvent> open = new LinkedHashMap<>();
        for (LedgerEvent event : events()) {
            if (event.kind() == EventKind.PLANNED) {
                open.put(event.drill(), event);
            } else if (event.kind() == EventKind.STARTED) {
                open.putIfAbsent(event.drill(), event);
            } else if (event.kind().terminal()) {
                open.remove(event.drill());
            }
        }
        return List.copyOf(open.values());
    }

    /** Everything that is wrong with the ledger, each with its line. */
    public List<Problem> verify() {
        try {
            return file.exclusively((lines, writer) -> {
                List<Problem> problems = new ArrayList<>(new Audit(this::place).problems(lines));
                problems.addAll(file.setAside());
                return List.copyOf(problems);
            });
        } catch (IOException failed) {
            throw unusable("The ledger could not be read (" + failed + ")", failed);
        }
    }

    /** Everything that is wrong with the ledger, measured also against what was signed earlier. */
    public List<Problem> verify(Checkpoint earlier) {
        List<Problem> problems = new ArrayList<>(verify());
        List<byte[]> lines = lines();
        if (lines.size() < earlier.size()) {
            problems.add(new Problem(
                    "The ledger has " + lines.size() + " lines, but had " + earlier.size() + " at " + earlier.at(),
                    file.path().toString(),
                    "Lines were cut off its end. Put the ledger back from a copy made after " + earlier.at() + "."));
        } else if (!earlier.root().equals(HexFormat.of().formatHex(new MerkleTree(lines).root((int) earlier.size())))) {
            problems.add(new Problem(
                    "The lines up to this one are not those that were signed at " + earlier.at(),
                    place(earlier.size()),
                    "The ledger was written anew up to this line. Compare it with a copy made at " + earlier.at()
                            + "."));
        }
        return List.copyOf(problems);
    }

    /** The ledger's size and root hash now, signed; kept elsewhere, it shows any later change to what came before. */
    public Checkpoint checkpoint(Signer signer) {
        return checkpoint(lines(), signer);
    }

    private Checkpoint checkpoint(List<byte[]> lines, Signer signer) {
        if (lines.isEmpty()) {
            throw new CouldNotRun(new Problem(
                    "The ledger holds no event yet, so there is nothing to sign",
                    file.path().toString(),
                    "Run a drill first; `muster ledger show` lists what it notes."));
        }
        return Checkpoint.sign(
                origin(lines),
                lines.size(),
                new MerkleTree(lines).root(lines.size()),
                clock.instant().truncatedTo(ChronoUnit.SECONDS),
                signer);
    }

    /** The proof, for whoever has no ledger, that these events stand in it; all under one checkpoint of now. */
    public List<LedgerProof> prove(List<LedgerEvent> events, Signer signer) {
        List<byte[]> lines = lines();
        MerkleTree tree = new MerkleTree(lines);
        Checkpoint now = checkpoint(lines, signer);
        return events.stream()
                .map(event -> new LedgerProof(
                        event.sequence() - 1, tree.inclusion((int) event.sequence() - 1, lines.size()), now))
                .toList();
    }

    /** No two ledgers begin with the same line, since that tells when and where it was written. */
    private static String origin(List<byte[]> lines) {
        return "muster-ledger/" + EventLine.digest(lines.get(0)).substring(0, ORIGIN_DIGITS);
    }

    /** The event as its line stands in the ledger, without the line's end. */
    public static String line(LedgerEvent event) {
        return EventLine.format(event);
    }

    private List<byte[]> lines() {
        try {
            return file.exclusively((lines, writer) -> lines);
        } catch (IOException failed) {
            throw unusable("The ledger could not be read (" + failed + ")", failed);
        }
    }

    private List<LedgerEvent> parsed(List<byte[]> lines) {
        List<LedgerEvent> events = new ArrayList<>(lines.size());
        for (byte[] line : lines) {
            events.add(EventLine.parse(line)
                    .orElseThrow(() -> new CouldNotRun(new Problem(
                            "A line of the ledger is no event",
                            place(events.size() + 1L),
                            "Somebody or something changed it. See the damage with `muster ledger verify`, and put the"
                                    + " ledger back from its last copy before drilling on."))));
        }
        return List.copyOf(events);
    }

    private String place(long line) {
        return file.path() + ":" + line;
    }

    private CouldNotRun unusable(String what, IOException cause) {
        return new CouldNotRun(
                new Problem(
                        what,
                        file.path().toString(),
                        "Without a ledger nothing is drilled. Make its folder readable and writable for the user who"
                                + " runs Muster, and see that the disk is neither full nor read-only."),
                cause);
    }
}
