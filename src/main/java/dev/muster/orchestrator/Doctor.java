package dev.muster.orchestrator;

import dev.muster.backup.Vaults;
import dev.muster.catalog.Catalog;
import dev.muster.drill.CouldNotRun;
import dev.muster.drill.OpenScratch;
import dev.muster.drill.Problem;
import dev.muster.ledger.Ledger;
import dev.muster.scratch.Scratches;
import dev.muster.scratch.postgres.ClientProgram;
import dev.muster.scratch.postgres.ServerChoice;
import dev.muster.signing.KeyRing;
import dev.muster.signing.KeyUse;
import dev.muster.signing.approver.Approvers;
import dev.muster.signing.timestamp.TimestampAuthority;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Looks over the machine and the installation before a drill has to. */
public final class Doctor {
    private static final long PRUDENT_ROOM = 2L << 30;
    private static final Duration TOLERATED_OFFSET = Duration.ofSeconds(30);
    /** What single drills cannot do without. */
    private static final List<Needed> PROGRAMS = List.of(
            new Needed("openssl", "it verifies bundles without Muster and opens backups of openssl enc", "openssl"),
            new Needed("age", "it opens backups that age encrypted", "age"),
            new Needed("gpg", "it opens backups that GnuPG encrypted", "gnupg"),
            new Needed("pgbackrest", "it restores backups of pgBackRest", "pgbackrest"),
            new Needed("restic", "it reads repositories of restic", "restic"));

    private final Vaults vaults;
    private final Set<String> vaultNames;
    private final Scratches scratches;
    private final Supplier<Ledger> ledger;
    private final Supplier<Catalog> catalog;
    private final KeyExamination keys;
    private final Optional<TimestampAuthority> authority;
    private final Optional<Path> approvers;
    private final Path home;

    public Doctor(
            Vaults vaults,
            Set<String> vaultNames,
            Scratches scratches,
            Supplier<Ledger> ledger,
            Supplier<Catalog> catalog,
            KeyRing keys,
            Optional<TimestampAuthority> authority,
            Optional<Path> approvers,
            Path home,
            Clock clock) {
        this.vaults = vaults;
        this.vaultNames = vaultNames;
        this.scratches = scratches;
        this.ledger = ledger;
        this.catalog = catalog;
        this.keys = new KeyExamination(keys, clock);
        this.authority = authority;
        this.approvers = approvers;
        this.home = home;
    }

    /** A program that does what Muster leaves to it. */
    private record Needed(String program, String purpose, String debianPackage) {}

    /** What a fact means for a drill. */
    public enum State {
        GOOD,
        /** Some drills can do without it. */
        MISSING,
        WRONG
    }

    /** One thing that was looked at. */
    public record Fact(String subject, State state, String what, String remedy) {}

    public List<Fact> examine() throws InterruptedException {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("java", State.GOOD, Runtime.version().toString(), ""));
        facts.add(examined("home", this::home));
        facts.add(examined("signing key", () -> keys.examine("signing key", KeyUse.EVIDENCE)));
        facts.add(examined("ledger key", () -> keys.examine("ledger key", KeyUse.LEDGER)));
        if (authority.isPresent()) {
            facts.add(timestamps(authority.get()));
        }
        approvers.ifPresent(file -> facts.add(examined(
                "approvers", () -> good("approvers", Approvers.read(file).size() + " keys in " + file))));
        facts.add(examined("ledger", this::ledger));
        facts.add(examined("catalog", () -> {
            int known =
                    catalog.get().newest(Optional.empty(), Integer.MAX_VALUE).size();
            return good("catalog", known + " drills");
        }));
        facts.addAll(servers());
        facts.add(client("pg_restore", "custom and directory archives"));
        PROGRAMS.forEach(one -> facts.add(onPath(one)));
        if (System.getProperty("user.name", "").equals("root")) {
            facts.add(onPath(new Needed("setpriv", "PostgreSQL refuses to run as root", "util-linux")));
        }
        facts.add(examined("isolation", this::isolation));
        facts.add(leftBehind());
        for (String vault : vaultNames) {
            facts.add(vault(vault));
        }
        if (vaultNames.isEmpty()) {
            facts.add(new Fact(
                    "vaults",
                    State.MISSING,
                    "the settings name none",
                    "Write them into muster.yaml; config/README.md shows how. `muster demo` needs none."));
        }
        return facts;
    }

    /** Evidence is sound without a timestamp, and gets it later. */
    private static Fact timestamps(TimestampAuthority authority) throws InterruptedException {
        String subject = "timestamp authority";
        try {
            byte[] question = subject.getBytes(StandardCharsets.UTF_8);
            return good(subject, "answers as it should, in " + authority.stamp(question).length + " bytes");
        } catch (CouldNotRun silent) {
            return new Fact(
                    subject,
                    State.MISSING,
                    silent.problem().what(),
                    silent.problem().remedy());
        }
    }

    private Fact home() {
        try {
            Files.createDirectories(home);
            if (!Files.isWritable(home)) {
                return new Fact("home", State.WRONG, home + " cannot be written", "Name another with --home.");
            }
            long free = Files.getFileStore(home).getUsableSpace();
            String what = home + ", " + free / (1 << 20) + " MiB free";
            return free >= PRUDENT_ROOM
                    ? good("home", what)
                    : new Fact(
                            "home", State.WRONG, what, "Make room: a restore needs several times its backup's size.");
        } catch (IOException unwritable) {
            return new Fact(
                    "home",
                    State.WRONG,
                    home + " cannot be made: " + unwritable.getMessage(),
                    "Name another with --home.");
        }
    }

    private Fact ledger() {
        List<Problem> problems = ledger.get().verify();
        return problems.isEmpty()
                ? good("ledger", "whole, " + ledger.get().events().size() + " events")
                : new Fact(
                        "ledger",
                        State.WRONG,
                        problems.get(0).what(),
                        problems.get(0).remedy());
    }

    private List<Fact> servers() {
        return IntStream.rangeClosed(14, 18)
                .mapToObj(major -> {
                    ServerChoice choice = scratches.server(major);
                    String subject = "PostgreSQL " + major + " server";
                    return choice.problem()
                            .map(problem -> new Fact(subject, State.MISSING, problem.what(), problem.remedy()))
                            .orElseGet(() -> good(subject, choice.description()));
                })
                .toList();
    }

    private Fact client(String program, String reads) {
        List<ClientProgram> clients = scratches.clients(program);
        return clients.isEmpty()
                ? new Fact(
                        program,
                        State.MISSING,
                        "not installed; it restores " + reads,
                        "Install it, for example with `apt install postgresql-client`; plain SQL needs none.")
                : good(
                        program,
                        clients.stream().map(ClientProgram::version).distinct().collect(Collectors.joining(", ")));
    }

    private static Fact onPath(Needed needed) {
        boolean there = List.of(System.getenv().getOrDefault("PATH", "").split(":", -1)).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, needed.program())));
        return there
                ? good(needed.program(), "installed")
                : new Fact(
                        needed.program(),
                        State.MISSING,
                        "not installed; " + needed.purpose(),
                        "Install it with `apt install " + needed.debianPackage() + "`.");
    }

    private Fact isolation() {
        return scratches
                .exposed()
                .map(problem -> new Fact(
                        "isolation",
                        State.MISSING,
                        problem.what() + "; data is restored all the same, but no application is started and"
                                + " `probe: isolation` fails",
                        problem.remedy()))
                .orElseGet(() -> good("isolation", "a scratch's programs reach nothing outside of it"));
    }

    private Fact leftBehind() {
        List<OpenScratch> left = scratches.list().stream()
                .filter(scratch -> !scratch.owned() && !scratch.kept())
                .toList();
        return left.isEmpty()
                ? good("scratches", "none left behind")
                : new Fact(
                        "scratches",
                        State.WRONG,
                        left.size() + " left behind: "
                                + left.stream().map(OpenScratch::id).collect(Collectors.joining(", ")),
                        "Remove them with `muster scratch remove --left-behind`.");
    }

    private Fact vault(String name) throws InterruptedException {
        String subject = "vault " + name;
        try {
            Duration offset = vaults.clockOffset(name);
            String what =
                    "answers; its clock and this one differ by " + offset.abs().toSeconds() + " s";
            return offset.abs().compareTo(TOLERATED_OFFSET) <= 0
                    ? good(subject, what)
                    : new Fact(
                            subject,
                            State.WRONG,
                            what,
                            "Set this machine's clock right: RPO and signatures depend on it.");
        } catch (CouldNotRun unreachable) {
            Problem problem = unreachable.problem();
            return new Fact(subject, State.WRONG, problem.what() + " (" + problem.where() + ")", problem.remedy());
        }
    }

    private static Fact examined(String subject, Supplier<Fact> look) {
        try {
            return look.get();
        } catch (CouldNotRun wrong) {
            return new Fact(
                    subject,
                    State.WRONG,
                    wrong.problem().what(),
                    wrong.problem().remedy());
        }
    }

    static Fact good(String subject, String what) {
        return new Fact(subject, State.GOOD, what, "");
    }
}
