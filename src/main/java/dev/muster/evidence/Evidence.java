package dev.muster.evidence;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.DrillRecord;
import dev.muster.drill.LedgerEvent;
import dev.muster.drill.Problem;
import dev.muster.drill.Secret;
import dev.muster.evidence.archive.BundleFile;
import dev.muster.evidence.archive.StoredZip;
import dev.muster.evidence.bundle.Bundle;
import dev.muster.evidence.bundle.Layout;
import dev.muster.evidence.bundle.Statement;
import dev.muster.evidence.bundle.Timestamping;
import dev.muster.evidence.bundle.Trust;
import dev.muster.evidence.bundle.Verification;
import dev.muster.evidence.followup.FollowUp;
import dev.muster.evidence.followup.FollowUpCheck;
import dev.muster.evidence.followup.FollowUpKind;
import dev.muster.evidence.followup.FollowUps;
import dev.muster.evidence.pack.Pack;
import dev.muster.evidence.pack.PackCheck;
import dev.muster.evidence.pack.PackContents;
import dev.muster.evidence.record.Json;
import dev.muster.evidence.record.RecordDocument;
import dev.muster.evidence.record.Section;
import dev.muster.evidence.record.WrittenRecord;
import dev.muster.evidence.report.Presentation;
import dev.muster.evidence.report.Report;
import dev.muster.ledger.Checkpoint;
import dev.muster.ledger.LedgerProofs;
import dev.muster.signing.DocumentKey;
import dev.muster.signing.PublicKeyText;
import dev.muster.signing.Signer;
import dev.muster.signing.timestamp.TimestampAuthority;
import dev.muster.template.Templates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes, verifies and shows again what a drill leaves behind. */
public final class Evidence {
    private static final List<String> FORMATS =
            List.of("html", "pdf", "json", "summary", "summary-pdf", "markdown", "junit");

    private final Report report;
    private final Function<PublicKeyText, Optional<DocumentKey>> documentKeys;
    private final Supplier<List<Secret>> secrets;

    /**
     * Evidence with these templates.
     *
     * @param secrets values that must stand in no evidence; asked for each time that some is written, since a drill
     *     learns secrets as it goes
     */
    public Evidence(Templates templates, Supplier<List<Secret>> secrets) {
        this(new Report(templates, Presentation.USUAL), key -> Optional.empty(), secrets);
    }

    /**
     * Evidence that is presented as an organisation wants it.
     *
     * @param documentKeys the key for documents beside the one that signs the evidence; without it documents stay
     *     unsigned, and say so
     */
    public Evidence(
            Report report,
            Function<PublicKeyText, Optional<DocumentKey>> documentKeys,
            Supplier<List<Secret>> secrets) {
        this.report = report;
        this.documentKeys = documentKeys;
        this.secrets = secrets;
    }

    /**
     * What a drill has to say, before it is signed.
     *
     * @param events the drill's events that are in the ledger so far
     * @param key the key that is to sign it
     */
    public EvidenceDraft draft(DrillRecord record, List<LedgerEvent> events, PublicKeyText key)
            throws InterruptedException {
        return EvidenceDraft.of(record, events, key, secrets.get(), report, documentKeys);
    }

    /**
     * Signs a draft and writes it as a bundle, {@code drill-<id>.zip} in that folder. An authority that gives no
     * timestamp does not keep the bundle from being written.
     *
     * @param proofs that the draft's events stand in the ledger
     */
    public static Sealed seal(
            EvidenceDraft draft,
            LedgerProofs proofs,
            Signer signer,
            PublicKeyText ledgerKey,
            Optional<TimestampAuthority> authority,
            Path folder)
            throws InterruptedException {
        Section predicate = new Section();
        draft.about().forEach(predicate::with);
        predicate.with("keyId", signer.keyId());
        Map<String, byte[]> files =
                Bundle.of(draft.files(), draft.events(), draft.finished(), proofs, signer, ledgerKey, predicate);
        Optional<Problem> untimed = Optional.empty();
        if (authority.isPresent()) {
            try {
                Timestamping.stamp(files, authority.get(), signer);
            } catch (CouldNotRun silent) {
                untimed = Optional.of(silent.problem());
            }
        }
        return new Sealed(Bundle.store(StoredZip.of(files), folder, draft.drill()), untimed);
    }

    /** Writes the signed bundle of a drill in one go, without a timestamp. */
    public Path write(
            DrillRecord record,
            List<LedgerEvent> events,
            LedgerProofs proofs,
            Signer signer,
            PublicKeyText ledgerKey,
            Path folder)
            throws InterruptedException {
        return seal(draft(record, events, signer.publicKey()), proofs, signer, ledgerKey, Optional.empty(), folder)
                .bundle();
    }

    /** The report that is in a bundle once more beside it, where a browser can open it. */
    public static Path page(Path bundle) {
        Path page = bundle.resolveSibling(bundle.getFileName().toString().replaceFirst("\\.zip$", ".html"));
        try {
            return Files.write(page, BundleFile.read(bundle).files().getOrDefault(Bundle.REPORT, new byte[0]));
        } catch (IOException failed) {
            throw new CouldNotRun(
                    new Problem(
                            "The report could not be written beside its bundle (" + failed + ")",
                            page.toString(),
                            "The bundle holds it as well: " + bundle + "."),
                    failed);
        }
    }

    /** The digest of a file, as the ledger notes it. */
    public static String sha256(Path file) {
        try {
            return Statement.sha256(Files.readAllBytes(file));
        } catch (IOException failed) {
            throw new CouldNotRun(
                    new Problem(
                            "The file cannot be read (" + failed + ")",
                            file.toString(),
                            "Make it readable for the user who runs Muster."),
                    failed);
        }
    }

    /** What the record of a bundle has found, in its order. */
    public static List<String> findings(Path bundle) {
        List<String> findings = new ArrayList<>();
        Json.read(BundleFile.read(bundle).files().getOrDefault(Bundle.DOCUMENT, new byte[0]))
                .map(document -> document.path("findings").path("findings"))
                .ifPresent(
                        all -> all.forEach(one -> findings.add(one.path("what").asString(""))));
        return findings;
    }

    /** A follow-up with the word of an authority on when a bundle was signed. */
    public static FollowUp backfill(Path bundle, TimestampAuthority authority, Signer signer, Instant at)
            throws InterruptedException {
        byte[] signature = BundleFile.read(bundle).files().getOrDefault(Bundle.SIGNATURE, new byte[0]);
        String token = Base64.getEncoder().encodeToString(authority.stamp(signature));
        return FollowUps.beside(bundle).add(FollowUpKind.TIMESTAMP, Map.of("token", token), signer, at);
    }

    /**
     * Writes the auditor's pack of a period.
     *
     * @param ledgerSigner who has signed the checkpoints in it
     * @return what should be in it and is not
     */
    public List<Problem> export(PackContents contents, Signer signer, Signer ledgerSigner, Path output)
            throws InterruptedException {
        return new Pack(contents, signer, ledgerSigner).write(report, EvidenceDraft.tool(signer.publicKey()), output);
    }

    /** Checks a bundle or a pack, whoever made it, and what followed it, against the public keys in a folder. */
    public static Verification verify(Path file, Path trustFolder) {
        return verify(file, trustFolder, Optional.empty());
    }

    /**
     * Checks a bundle or a pack.
     *
     * @param since a checkpoint that the reader has, to measure the ledger of a pack against
     */
    public static Verification verify(Path file, Path trustFolder, Optional<Checkpoint> since) {
        Trust trust = Trust.in(trustFolder);
        if (Pack.is(file)) {
            return new PackCheck(file, trust, since).verify();
        }
        if (since.isPresent()) {
            throw PackCheck.onlyPacks(file);
        }
        return FollowUpCheck.verify(file, trust);
    }

    /**
     * Shows a bundle's record again.
     *
     * @param format {@code html}, {@code pdf}, {@code json}, {@code summary}, {@code summary-pdf}, {@code markdown}
     *     or {@code junit}
     */
    public byte[] render(Path bundle, String format) throws InterruptedException {
        if (!FORMATS.contains(format)) {
            throw new CouldNotRun(new Problem(
                    "There is no report of the format " + format,
                    "--format " + format,
                    "Use " + String.join(", ", FORMATS.subList(0, FORMATS.size() - 1)) + " or "
                            + FORMATS.get(FORMATS.size() - 1) + "."));
        }
        BundleFile found = BundleFile.read(bundle);
        byte[] bytes = found.files().getOrDefault(Bundle.DOCUMENT, new byte[0]);
        return rendered(
                report.withFollowUps(FollowUps.beside(bundle).readable()), record(bundle, found), bytes, format);
    }

    private static WrittenRecord record(Path bundle, BundleFile found) {
        Optional<WrittenRecord> record = Json.read(found.files().getOrDefault(Bundle.DOCUMENT, new byte[0]))
                .map(WrittenRecord::new);
        Layout layout = new Layout(record.map(WrittenRecord::schema).orElse(""));
        Optional<Problem> foreign =
                layout.foreign(bundle + "!" + Bundle.DOCUMENT, "muster verify " + bundle + " --trust FOLDER");
        if (record.isEmpty() || foreign.isPresent()) {
            throw new CouldNotRun(foreign.orElseThrow());
        }
        return record.get();
    }

    /** A drill as pipelines read the results of tests, whether or not its evidence could be signed. */
    public String tests(DrillRecord record) {
        Map<String, @Nullable Object> document = new RecordDocument(record, List.of(), new Section(), false)
                .with(new Section(), Optional.empty(), List.of());
        byte[] masked = Json.compact(new Masking(secrets.get()).masked(document));
        return Report.tests(new WrittenRecord(Json.read(masked).orElseThrow()));
    }

    /** A text without the secrets that are known now. */
    public String masked(String text) {
        return new Masking(secrets.get()).masked("", text);
    }

    /** What of a bundle goes round. */
    public Handout handout(Path bundle) throws InterruptedException {
        BundleFile found = BundleFile.read(bundle);
        WrittenRecord record = record(bundle, found);
        return new Handout(
                record.document().path("recordControl").path("classification").asString(""),
                record.document()
                        .path("recordControl")
                        .path("tool")
                        .path("demonstration")
                        .asBoolean(false),
                report.ticket(record),
                Optional.ofNullable(found.files().get(Bundle.PAPER)));
    }

    private static byte[] rendered(Report report, WrittenRecord record, byte[] bytes, String format)
            throws InterruptedException {
        String json = new String(bytes, StandardCharsets.UTF_8);
        return switch (format) {
            case "html" -> Bundle.utf8(report.page(record).text());
            // Who renders again has not made the record, so nothing is signed.
            case "pdf" -> new PaperReport(report, Optional.empty()).of(record, json);
            case "summary" -> Bundle.utf8(report.summary(record, false));
            case "summary-pdf" -> new PaperReport(report, Optional.empty()).summary(record, json);
            case "markdown" -> Bundle.utf8(report.ticket(record));
            case "junit" -> Bundle.utf8(Report.tests(record));
            default -> bytes;
        };
    }
}
