package dev.muster.ledger;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.EventKind;
import dev.muster.drill.LedgerEvent;
import dev.muster.drill.Problem;
import dev.muster.signing.Signer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The append-only list of every event of every drill, each line holding the digest of the line before. */
public final class Ledger {
    private static final int ORIGIN_DIGITS = 16;

    private final LedgerFile file;
    private final Checkpoints checkpoints;
    private final Clock clock;

    private Ledger(LedgerFile file, Checkpoints checkpoints, Clock clock) {
        this.file = file;
        this.checkpoints = checkpoints;
        this.clock = clock;
    }

    /** Opens the ledger of a folder; an empty one when there is none yet. */
    public static Ledger open(Path folder, Clock clock) {
        return new Ledger(LedgerFile.in(folder), new Checkpoints(folder.resolve("checkpoints")), clock);
    }

    /** The checkpoints that were kept beside it. */
    public Checkpoints checkpoints() {
        return checkpoints;
    }

    /** The checkpoints that are still to be put outside. */
    public Outbox outbox() {
        return new Outbox(checkpoints.folder().resolve("waiting"));
    }

    /** Adds an event, which is on disk when this returns. Several processes may do so in turn. */
    public LedgerEvent append(EventKind kind, String drill, Map<String, String> details) {
        // An event must reach the ledger also while its drill is being cancelled.
        boolean interrupted = Thread.interrupted();
        try {
            return file.exclusively((lines, writer) -> {
                // What somebody did contradicts nothing, and is noted too often to read all that came before.
                if (kind != EventKind.ACTED) {
                    refuseContradictions(parsed(lines), kind, drill);
                }
                LedgerEvent event = EventLine.event(
                        lines.size() + 1L,
                        clock.instant().truncatedTo(ChronoUnit.MILLIS),
                        kind,
                        drill,
                        details,
                        lines.isEmpty() ? EventLine.BEFORE_THE_FIRST : EventLine.digest(lines.get(lines.size() - 1)));
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

    /** How long it is, in bytes. */
    public long size() {
        try {
            return Files.size(file.path());
        } catch (IOException failed) {
            throw unusable("The ledger could not be read (" + failed + ")", failed);
        }
    }

    /** Every event, oldest first. */
    public List<LedgerEvent> events() {
        return parsed(lines());
    }

    /**
     * Some of the events of a kind, the newest first.
     *
     * @param details what they have to say
     * @param from how many to pass over
     */
    public Found find(EventKind kind, Map<String, String> details, int from, int most) {
        List<byte[]> found = EventLine.with(lines(), kind, details);
        List<LedgerEvent> wanted = new ArrayList<>(
                parsed(found.subList(Math.max(0, found.size() - from - most), Math.max(0, found.size() - from))));
        Collections.reverse(wanted);
        return new Found(wanted, found.size());
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

    /** Everything that is wrong with the ledger, each with its line; measured also against every kept checkpoint. */
    public List<Problem> verify() {
        return verify(List.of());
    }

    /** Everything that is wrong with the ledger, measured also against what was signed earlier and kept elsewhere. */
    public List<Problem> verify(Checkpoint earlier) {
        return verify(List.of(earlier));
    }

    private List<Problem> verify(List<Checkpoint> elsewhere) {
        List<Checkpoint> signed = new ArrayList<>(checkpoints.all());
        signed.addAll(elsewhere);
        try {
            return file.exclusively((lines, writer) -> {
                List<Problem> problems = new ArrayList<>(new Audit(this::place).problems(lines));
                problems.addAll(new Retrospect(file.path(), this::place).problems(lines, signed));
                problems.addAll(file.setAside());
                problems.addAll(checkpoints.unreadable());
                return List.copyOf(problems);
            });
        } catch (IOException failed) {
            throw unusable("The ledger could not be read (" + failed + ")", failed);
        }
    }

    /** What somebody should look after although the ledger is whole. */
    public List<Problem> remarks() {
        List<Problem> remarks = new ArrayList<>(
                Heartbeats.gaps(events(), clock.instant(), file.path().toString()));
        remarks.addAll(outbox().waiting());
        return List.copyOf(remarks);
    }

    /** The hashes that show that the first lines, so many as {@code earlier}, were not changed up to a checkpoint. */
    public List<byte[]> consistency(long earlier, Checkpoint later) {
        List<byte[]> lines = lines();
        return new MerkleTree(lines).consistency((int) earlier, (int) later.size());
    }

    /** The ledger's size and root hash now, signed; kept elsewhere, it shows any later change to what came before. */
    public Checkpoint checkpoint(Signer signer) {
        return signed(lines(), signer).now();
    }

    private SignedTree signed(List<byte[]> lines, Signer signer) {
        if (lines.isEmpty()) {
            throw new CouldNotRun(new Problem(
                    "The ledger holds no event yet, so there is nothing to sign",
                    file.path().toString(),
                    "Run a drill first; `muster ledger show` lists what it notes."));
        }
        return new SignedTree(lines, clock.instant().truncatedTo(ChronoUnit.SECONDS), signer);
    }

    /** The proofs, for whoever has no ledger, that these events stand in it; all under one checkpoint of now. */
    public LedgerProofs prove(List<LedgerEvent> events, Signer signer) {
        return events.isEmpty() ? LedgerProofs.NONE : signed(lines(), signer).prove(events, checkpoints.all());
    }

    /**
     * What the ledger holds of a period, with the plans of drills that ended in it.
     *
     * @param from the period's first instant
     * @param to the first instant after it
     * @param since a checkpoint that the reader has, to begin with or to pass by
     */
    public LedgerPart part(Instant from, Instant to, Optional<Checkpoint> since, Signer signer) {
        List<byte[]> lines = lines();
        SignedTree tree = signed(lines, signer);
        since.flatMap(earlier -> new Retrospect(file.path(), this::place)
                        .problems(lines, List.of(earlier)).stream().findFirst())
                .ifPresent(contradiction -> {
                    throw new CouldNotRun(contradiction);
                });
        List<LedgerEvent> events = parsed(lines);
        int[] within = IntStream.range(0, events.size())
                .filter(index -> !events.get(index).at().isBefore(from)
                        && events.get(index).at().isBefore(to))
                .toArray();
        // Where there is nothing, two neighbours show it.
        int gap = (int)
                events.stream().takeWhile(event -> event.at().isBefore(from)).count();
        int first = within.length == 0 ? gap : Math.min(within[0], planOfTheFirst(events, within));
        int last = within.length == 0 ? gap - 1 : within[within.length - 1];
        return tree.part(Math.max(0, first - 1), Math.min(lines.size(), last + 2), since, checkpoints.all());
    }

    /** A drill that ended in a period belongs to it with its plan. */
    private static int planOfTheFirst(List<LedgerEvent> events, int[] within) {
        Set<String> ended = IntStream.of(within)
                .mapToObj(events::get)
                .filter(event -> event.kind().terminal())
                .map(LedgerEvent::drill)
                .collect(Collectors.toSet());
        return IntStream.range(0, events.size())
                .filter(index -> events.get(index).kind() == EventKind.PLANNED
                        && ended.contains(events.get(index).drill()))
                .findFirst()
                .orElse(Integer.MAX_VALUE);
    }

    /** No two ledgers begin with the same line, since that tells when and where it was written. */
    static String origin(List<byte[]> lines) {
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
