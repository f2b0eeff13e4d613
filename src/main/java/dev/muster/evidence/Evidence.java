package dev.muster.evidence;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.DrillRecord;
import dev.muster.drill.LedgerEvent;
import dev.muster.drill.Problem;
import dev.muster.drill.Secret;
import dev.muster.evidence.record.Section;
import dev.muster.evidence.record.WrittenRecord;
import dev.muster.evidence.report.Presentation;
import dev.muster.evidence.report.Report;
import dev.muster.ledger.LedgerProof;
import dev.muster.signing.DocumentKey;
import dev.muster.signing.Signer;
import dev.muster.signing.SigningKeys;
import dev.muster.template.Templates;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Writes, verifies and shows again what a drill leaves behind. */
public final class Evidence {
    private static final List<String> FORMATS = List.of("html", "pdf", "json", "summary", "summary-pdf", "markdown");

    private final Report report;
    private final Function<Signer, Optional<DocumentKey>> documentKeys;
    private final Supplier<List<Secret>> secrets;

    /**
     * Evidence with these templates.
     *
     * @param secrets values that must stand in no evidence; asked for each time that some is written, since a drill
     *     learns secrets as it goes
     */
    public Evidence(Templates templates, Supplier<List<Secret>> secrets) {
        this(new Report(templates, Presentation.USUAL), signer -> Optional.empty(), secrets);
    }

    /**
     * Evidence that is presented as an organisation wants it.
     *
     * @param documentKeys the key for documents beside the one that signs the evidence; without it documents stay
     *     unsigned, and say so
     */
    public Evidence(
            Report report, Function<Signer, Optional<DocumentKey>> documentKeys, Supplier<List<Secret>> secrets) {
        this.report = report;
        this.documentKeys = documentKeys;
        this.secrets = secrets;
    }

    /**
     * Writes the signed bundle of a drill.
     *
     * @param events the drill's events that are in the ledger so far
     * @param proofs that they stand there
     * @return the file, {@code drill-<id>.zip} in that folder
     */
    public Path write(
            DrillRecord record, List<LedgerEvent> events, List<LedgerProof> proofs, Signer signer, Path folder)
            throws InterruptedException {
        EvidenceDraft draft = EvidenceDraft.of(record, events, signer, secrets.get(), report, documentKeys);
        Section predicate = new Section()
                .with("drill", record.drill())
                .with("system", record.request().runbook().system())
                .with("verdict", record.verdict().name())
                .with("finished", record.finished())
                .with("keyId", signer.keyId());
        byte[] archive = Bundle.of(draft, proofs, signer, predicate);
        return Bundle.store(archive, folder, record.drill());
    }

    /** Checks a bundle, whoever made it, against the public keys in a folder. */
    public static Verification verify(Path bundle, Path trustFolder) {
        return new BundleCheck(bundle, SigningKeys.publicKeys(trustFolder)).verify();
    }

    /**
     * Shows a bundle's record again.
     *
     * @param format {@code html}, {@code pdf}, {@code json}, {@code summary}, {@code summary-pdf} or {@code markdown}
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
        Optional<WrittenRecord> record = Json.read(bytes).map(WrittenRecord::new);
        Layout layout = new Layout(record.map(WrittenRecord::schema).orElse(""));
        Optional<Problem> foreign =
                layout.foreign(bundle + "!" + Bundle.DOCUMENT, "muster verify " + bundle + " --trust FOLDER");
        if (record.isEmpty() || foreign.isPresent()) {
            throw new CouldNotRun(foreign.orElseThrow());
        }
        return rendered(record.get(), bytes, format);
    }

    private byte[] rendered(WrittenRecord record, byte[] bytes, String format) throws InterruptedException {
        String json = new String(bytes, StandardCharsets.UTF_8);
        return switch (format) {
            case "html" -> Bundle.utf8(report.page(record).text());
            // Who renders again has not made the record, so nothing is signed.
            case "pdf" -> new PaperReport(report, Optional.empty()).of(record, json);
            case "summary" -> Bundle.utf8(report.summary(record, false));
            case "summary-pdf" -> new PaperReport(report, Optional.empty()).summary(record, json);
            case "markdown" -> Bundle.utf8(report.ticket(record));
            default -> bytes;
        };
    }
}
