package dev.muster.evidence;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.DrillRecord;
import dev.muster.drill.LedgerEvent;
import dev.muster.drill.Problem;
import dev.muster.drill.Secret;
import dev.muster.evidence.record.Section;
import dev.muster.evidence.record.WrittenRecord;
import dev.muster.ledger.LedgerProof;
import dev.muster.signing.PublicKeyText;
import dev.muster.signing.Signer;
import dev.muster.signing.SigningKeys;
import dev.muster.template.Templates;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Writes, verifies and shows again what a drill leaves behind. */
public final class Evidence {
    private final Templates templates;
    private final Supplier<List<Secret>> secrets;

    /**
     * Evidence with these templates.
     *
     * @param secrets values that must stand in no evidence; asked for each time that some is written, since a drill
     *     learns secrets as it goes
     */
    public Evidence(Templates templates, Supplier<List<Secret>> secrets) {
        this.templates = templates;
        this.secrets = secrets;
    }

    /**
     * Writes the signed bundle of a drill.
     *
     * @param events the drill's events that are in the ledger so far
     * @param proofs that they stand there
     * @param ledgerKey the key that signed the checkpoint of the proofs
     * @return the file, {@code drill-<id>.zip} in that folder
     */
    public Path write(
            DrillRecord record,
            List<LedgerEvent> events,
            List<LedgerProof> proofs,
            Signer signer,
            PublicKeyText ledgerKey,
            Path folder)
            throws InterruptedException {
        EvidenceDraft draft = EvidenceDraft.of(record, events, signer, secrets.get(), new Report(templates));
        Section predicate = new Section()
                .with("drill", record.drill())
                .with("system", record.request().runbook().system())
                .with("verdict", record.verdict().name())
                .with("finished", record.finished())
                .with("keyId", signer.keyId());
        byte[] archive = Bundle.of(draft, proofs, signer, ledgerKey, record.finished(), predicate);
        return Bundle.store(archive, folder, record.drill());
    }

    /** Checks a bundle, whoever made it, against the public keys in a folder. */
    public static Verification verify(Path bundle, Path trustFolder) {
        return new BundleCheck(bundle, SigningKeys.publicKeys(trustFolder)).verify();
    }

    /** Shows a bundle's record again, as {@code html} or {@code json}. */
    public String render(Path bundle, String format) throws InterruptedException {
        BundleFile found = BundleFile.read(bundle);
        byte[] bytes = found.files().getOrDefault(Bundle.DOCUMENT, new byte[0]);
        Optional<JsonNode> document = Json.read(bytes);
        Layout layout = new Layout(
                document.map(node -> new WrittenRecord(node).schema()).orElse(""));
        Optional<Problem> foreign =
                layout.foreign(bundle + "!" + Bundle.DOCUMENT, "muster verify " + bundle + " --trust FOLDER");
        if (document.isEmpty() || foreign.isPresent()) {
            throw new CouldNotRun(foreign.orElseThrow());
        }
        return switch (format) {
            case "json" -> new String(bytes, StandardCharsets.UTF_8);
            case "html" -> new Report(templates).render(document.get()).text();
            case "pdf" ->
                throw new CouldNotRun(
                        new Problem(
                                "Reports cannot be made as PDF yet",
                                "--format pdf",
                                "Make it with --format html, and print it to a file from a browser: it is laid out for paper."));
            default ->
                throw new CouldNotRun(new Problem(
                        "There is no report of the format " + format, "--format " + format, "Use html or json."));
        };
    }
}
