package dev.muster.orchestrator.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.app.demo.EmbeddedS3;
import dev.muster.backup.VaultSettings;
import dev.muster.backup.Vaults;
import dev.muster.drill.Asset;
import dev.muster.drill.BackupFormat;
import dev.muster.drill.BackupSource;
import dev.muster.drill.EventKind;
import dev.muster.drill.LedgerEvent;
import dev.muster.drill.Problem;
import dev.muster.drill.Secret;
import dev.muster.drill.Selection;
import dev.muster.ledger.Checkpoint;
import dev.muster.ledger.Checkpoints;
import dev.muster.ledger.Destination;
import dev.muster.ledger.Ledger;
import dev.muster.ledger.Witness;
import dev.muster.signing.SigningKeys;
import dev.muster.signing.WitnessKey;
import dev.muster.testing.TurnedClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints reach the places outside, sooner or later, and witnesses sign only for a ledger that was not rewritten. */
class SafekeepingTest {
    private static final Secret KEY = new Secret("a-key-for-tests");

    @TempDir
    Path temporary;

    private final TurnedClock clock = TurnedClock.ticking(Instant.parse("2026-11-01T03:00:00Z"));
    private SigningKeys keys;
    private Ledger ledger;
    private Server server;

    @BeforeEach
    void open() throws IOException {
        keys = SigningKeys.init(temporary.resolve("keys"));
        ledger = Ledger.open(temporary.resolve("ledger"), clock);
        ledger.append(EventKind.MISSED, "d1", Map.of());
        server = new Server(request -> new Server.Answer(204, ""));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Safekeeping.Kept keep(Destination... destinations) throws InterruptedException {
        return new Safekeeping(ledger, List.of(), List.of(destinations)).keep(keys);
    }

    private Safekeeping.Kept witnessed(Witness witness) throws InterruptedException {
        return new Safekeeping(ledger, List.of(witness), List.of()).keep(keys);
    }

    private FolderCopy folder() {
        return new FolderCopy(temporary.resolve("outside"));
    }

    private WebhookCopy webhook() {
        return new WebhookCopy("the webhook", () -> new Secret(server.address() + "/s3same"));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void a_heartbeat_is_noted_and_its_checkpoint_kept_here_and_outside() throws Exception {
        Files.createDirectories(folder().folder());

        Safekeeping.Kept kept = new Safekeeping(ledger, List.of(), List.of(folder(), webhook())).heartbeat(keys);

        assertThat(kept.troubles()).isEmpty();
        assertThat(ledger.events())
                .extracting(LedgerEvent::kind)
                .containsExactly(EventKind.MISSED, EventKind.HEARTBEAT);
        assertThat(kept.checkpoint().size()).isEqualTo(2);
        assertThat(ledger.checkpoints().all()).containsExactly(kept.checkpoint());
        Path copy = folder().folder().resolve(Checkpoints.name(kept.checkpoint()));
        assertThat(copy).hasContent(kept.checkpoint().text());
        assertThat(ledger.verify(Checkpoint.read(copy))).isEmpty();
        assertThat(server.requests()).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.body()).isEqualTo(kept.checkpoint().text());
        });
        assertThat(ledger.remarks()).isEmpty();
    }

    @Test
    void what_a_place_did_not_take_waits_is_shown_noted_and_goes_with_the_next() throws Exception {
        server.answers(request -> new Server.Answer(503, "not now"));
        Safekeeping.Kept kept = keep(webhook(), folder());

        assertThat(kept.troubles())
                .extracting(Problem::what)
                .containsExactly(
                        "The checkpoint was not taken: the answer was 503",
                        "The checkpoint could not be put outside (java.nio.file.NoSuchFileException: "
                                + folder().folder().resolve(Checkpoints.name(kept.checkpoint())) + ")");
        assertThat(ledger.checkpoints().all()).containsExactly(kept.checkpoint());
        assertThat(ledger.remarks())
                .extracting(Problem::what)
                .allMatch(what -> what.startsWith("1 checkpoint waits for the "))
                .hasSize(2);

        Files.createDirectories(folder().folder());
        Safekeeping.Kept next = new Safekeeping(ledger, List.of(), List.of(webhook(), folder())).heartbeat(keys);
        assertThat(next.troubles()).hasSize(1);
        assertThat(ledger.events().get(1).details().get("not outside yet")).contains("the webhook", "the folder");
        assertThat(names(folder().folder())).hasSize(2);

        server.answers(request -> new Server.Answer(200, ""));
        assertThat(keep(webhook(), folder()).troubles()).isEmpty();
        assertThat(server.requests())
                .extracting(Server.Request::body)
                .containsSubsequence(kept.checkpoint().text(), next.checkpoint().text());
        assertThat(ledger.remarks()).isEmpty();
    }

    @Test
    void a_server_that_is_not_there_is_told_without_what_is_secret_in_its_address() throws Exception {
        server.close();

        assertThat(keep(webhook()).troubles())
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .contains("the webhook", "ConnectException")
                        .doesNotContain("s3same"));
    }

    @Test
    void not_even_unforeseen_trouble_keeps_the_others_from_their_checkpoint() throws Exception {
        Files.createDirectories(folder().folder());
        Destination broken = new Again(folder(), ledger.checkpoint(keys)) {
            @Override
            public void put(Checkpoint checkpoint) {
                throw new IllegalStateException("a wonder");
            }
        };

        assertThat(keep(broken, folder()).troubles())
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("a wonder"));
        assertThat(names(folder().folder())).hasSize(1);
    }

    @Test
    void nothing_in_a_folder_outside_is_ever_replaced() throws Exception {
        Files.createDirectories(folder().folder());
        Checkpoint checkpoint = keep(folder()).checkpoint();
        folder().put(checkpoint);
        Path copy = folder().folder().resolve(Checkpoints.name(checkpoint));
        Files.writeString(copy, "another");

        assertThat(new Safekeeping(ledger, List.of(), List.of(new Again(folder(), checkpoint)))
                        .keep(keys)
                        .troubles())
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("Another checkpoint lies where"));
        assertThat(copy).hasContent("another");
    }

    /** Puts an old checkpoint once more. */
    private static class Again implements Destination {
        private final FolderCopy folder;
        private final Checkpoint old;

        Again(FolderCopy folder, Checkpoint old) {
            this.folder = folder;
            this.old = old;
        }

        @Override
        public String name() {
            return "again";
        }

        @Override
        public void put(Checkpoint checkpoint) {
            folder.put(old);
        }
    }

    private static VaultSettings vault(String name, URI endpoint) {
        return new VaultSettings(
                name,
                Optional.of(endpoint),
                "us-east-1",
                "acme",
                true,
                Optional.of(() -> new Secret("reader")),
                Optional.of(() -> KEY));
    }

    private static BackupSource source(String vault, String prefix) {
        return new BackupSource(
                Asset.DATABASE,
                vault,
                BackupFormat.PG_DUMP,
                prefix,
                Optional.empty(),
                Selection.NEWEST,
                ZoneOffset.UTC,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void a_vault_takes_a_checkpoint_once_and_never_where_a_runbook_reads_backups() throws Exception {
        try (EmbeddedS3 s3 = EmbeddedS3.inMemory("reader", KEY);
                Vaults vaults = new Vaults(
                        List.of(vault("primary", s3.endpoint()), vault("alias", s3.endpoint())), one -> KEY, clock)) {
            s3.createBucket("acme");
            VaultCopy copy = new VaultCopy(
                    vaults, "alias", "muster/", Optional.empty(), () -> List.of(source("primary", "db/")));
            Checkpoint checkpoint = keep(copy).checkpoint();
            copy.put(checkpoint);
            assertThat(vaults.list("primary", ""))
                    .singleElement()
                    .satisfies(object -> assertThat(object.key()).isEqualTo("muster/" + Checkpoints.name(checkpoint)));

            for (String prefix : List.of("", "mus", "muster/db/")) {
                VaultCopy refused = new VaultCopy(
                        vaults,
                        "alias",
                        "muster/",
                        Optional.empty(),
                        () -> List.of(source("primary", "db/"), source("primary", prefix)));
                assertThat(keep(refused).troubles())
                        .singleElement()
                        .satisfies(
                                problem -> assertThat(problem.what()).contains("where backups are nothing is written"));
            }
            assertThat(vaults.list("primary", "")).hasSize(1);
        }
    }

    @Test
    void a_lock_is_asked_for_with_the_object_and_demanded_of_the_vault_afterwards() throws Exception {
        VaultAnswers answers = new VaultAnswers();
        server.answers(answers);
        try (Vaults vaults = new Vaults(List.of(vault("offsite", URI.create(server.address()))), one -> KEY, clock)) {
            VaultCopy copy = new VaultCopy(vaults, "offsite", "muster/", Optional.of(Period.ofYears(6)), List::of);
            answers.retainUntil = "2032-12-01T00:00:00Z";
            assertThat(keep(copy).troubles()).isEmpty();
            Server.Request put = server.requests().stream()
                    .filter(request -> request.method().equals("PUT"))
                    .findFirst()
                    .orElseThrow();
            assertThat(put.headers())
                    .containsEntry("x-amz-object-lock-mode", "COMPLIANCE")
                    .containsKey("content-md5")
                    .hasEntrySatisfying(
                            "x-amz-object-lock-retain-until-date",
                            until -> assertThat(until).startsWith("2032-11-01T"));

            answers.retainUntil = "2027-01-01T00:00:00Z";
            assertThat(keep(copy).troubles())
                    .singleElement()
                    .satisfies(
                            problem -> assertThat(problem.what()).contains("locked until 2027-01-01T00:00:00Z only"));
            answers.retainUntil = "";
            assertThat(keep(copy).troubles())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.what()).contains("is not locked"));
        }
    }

    /** As much of S3 with object lock as is asked of it here; the embedded server has none. */
    private static final class VaultAnswers implements Server.Answering {
        private final Map<String, String> stored = new TreeMap<>();
        private String retainUntil = "";

        @Override
        public Server.Answer to(Server.Request request) {
            if (request.method().equals("PUT")) {
                stored.put(request.path(), content(request.body()));
                return new Server.Answer(200, "");
            }
            if (!request.path().endsWith("?retention")) {
                String there = stored.getOrDefault(request.path(), "");
                return new Server.Answer(there.isEmpty() ? 404 : 200, there);
            }
            return retainUntil.isEmpty()
                    ? new Server.Answer(
                            404, "<Error><Code>NoSuchObjectLockConfiguration</Code><Message>none</Message></Error>")
                    : new Server.Answer(
                            200,
                            "<Retention><Mode>COMPLIANCE</Mode><RetainUntilDate>" + retainUntil
                                    + "</RetainUntilDate></Retention>");
        }
    }

    /** Over a line without encryption the client signs what it sends in pieces. */
    private static String content(String pieces) {
        return pieces.replaceFirst("^[0-9a-f]+;chunk-signature=[0-9a-f]+\r\n", "")
                .replaceFirst("(?s)\r\n0;chunk-signature=.*", "");
    }

    private HttpWitness witness(SmallWitness small) {
        server.answers(small);
        return new HttpWitness(
                URI.create(server.address() + "/log/"),
                WitnessKey.parse(small.published()).orElseThrow());
    }

    @Test
    void a_witness_signs_what_goes_on_from_what_it_remembers() throws Exception {
        SmallWitness small = new SmallWitness();
        HttpWitness witness = witness(small);
        for (int drill = 2; drill < 12; drill++) {
            Safekeeping.Kept kept = witnessed(witness);
            assertThat(kept.troubles()).isEmpty();
            Checkpoint signed = Checkpoint.parse(kept.checkpoint().text()).orElseThrow();
            assertThat(signed.note().signatures()).hasSize(2);
            assertThat(signed.signedBy(keys.publicKey())).isTrue();
            assertThat(witness.key()
                            .cosigned(
                                    signed.note().text(),
                                    signed.note().signatures().get(1)))
                    .contains(Instant.ofEpochSecond(1_793_500_000L));
            ledger.append(EventKind.MISSED, "d" + drill, Map.of());
        }
        assertThat(server.requests()).hasSize(10);

        // Without what was kept it asks twice, and the witness says what it remembers.
        for (Path kept : List.of(ledger.checkpoints().folder())) {
            try (Stream<Path> files = Files.list(kept)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.delete(file);
                }
            }
        }
        assertThat(witnessed(witness).troubles()).isEmpty();
        assertThat(server.requests()).hasSize(12);
    }

    @Test
    void a_witness_refuses_a_ledger_that_was_cut_off_or_rewritten() throws Exception {
        HttpWitness witness = witness(new SmallWitness());
        ledger.append(EventKind.MISSED, "d2", Map.of());
        ledger.append(EventKind.MISSED, "d3", Map.of());
        assertThat(witnessed(witness).troubles()).isEmpty();
        Path file = temporary.resolve("ledger/events.jsonl");
        Files.write(file, Files.readAllLines(file).subList(0, 2));

        Safekeeping.Kept cut = witnessed(witness);
        assertThat(cut.troubles())
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("remembers 3 events", "it has 2"));
        assertThat(cut.checkpoint().note().signatures()).hasSize(1);

        ledger.append(EventKind.MISSED, "other", Map.of());
        clock.days(1);
        assertThat(witnessed(witness).troubles())
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("rewritten, or there are two of it"));
        ledger.append(EventKind.MISSED, "more", Map.of());
        assertThat(witnessed(witness).troubles())
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("rewritten, or there are two of it"));
    }

    @Test
    void a_signature_of_another_witness_or_over_another_text_is_not_taken() throws Exception {
        SmallWitness stranger = new SmallWitness();
        HttpWitness expected = new HttpWitness(
                URI.create(server.address() + "/log"),
                WitnessKey.parse(new SmallWitness().published()).orElseThrow());
        server.answers(stranger);
        assertThat(witnessed(expected).troubles())
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("without a signature of its key"));

        server.answers(request -> new Server.Answer(403, ""));
        assertThat(witnessed(expected).troubles())
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString()).contains("403", "noteKey"));
        server.answers(request -> new Server.Answer(409, "a while ago"));
        assertThat(witnessed(expected).troubles())
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("does not say which"));
        assertThat(WitnessKey.parse("witness.example.com/a+00000000+AAAA")).isEmpty();
    }
}
