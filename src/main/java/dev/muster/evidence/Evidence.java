package dev.muster.evidence;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.DrillRecord;
import dev.muster.drill.LedgerEvent;
import dev.muster.drill.Problem;
import dev.muster.drill.Secret;
import dev.muster.ledger.Checkpoint;
import dev.muster.ledger.LedgerProofs;
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
     * @param proofs that they stand there, and that nothing before them was changed
     * @return the file, {@code drill-<id>.zip} in that folder
     */
    public Path write(DrillRecord record, List<LedgerEvent> events, LedgerProofs proofs, Signer signer, Path folder)
            throws InterruptedException {
        EvidenceDraft draft = EvidenceDraft.of(record, events, signer, secrets.get(), new Report(templates));
        Section predicate = new Section()
                .with("drill", record.drill())
                .with("system", record.request().runbook().system())
                .with("verdict", record.verdict().name())
                .with("finished", record.finished())
                .with("keyId", signer.keyId());
        byte[] archive = Bundle.of(draft, proofs, signer, predicate);
        return Bundle.store(archive, folder, record.drill());
    }

    /**
     * Writes the auditor's pack of a period.
     *
     * @param ledgerSigner who has signed the checkpoints in it
     * @return what should be in it and is not
     */
    public List<Problem> export(PackContents contents, Signer signer, Signer ledgerSigner, Path output)
            throws InterruptedException {
        return new Pack(contents, signer, ledgerSigner).write(templates, EvidenceDraft.tool(signer), output);
    }

    /** Checks a bundle or a pack, whoever made it, against the public keys in a folder. */
    public static Verification verify(Path file, Path trustFolder) {
        return verify(file, trustFolder, Optional.empty());
    }

    /**
     * Checks a bundle or a pack.
     *
     * @param since a checkpoint that the reader has, to measure the ledger of a pack against
     */
    public static Verification verify(Path file, Path trustFolder, Optional<Checkpoint> since) {
        List<PublicKeyText> trusted = SigningKeys.publicKeys(trustFolder);
        if (PackFile.is(file)) {
            return new PackCheck(file, trusted, since).verify();
        }
        if (since.isPresent()) {
            throw PackCheck.onlyPacks(file);
        }
        return new BundleCheck(file, trusted).verify();
    }

    /** Shows a bundle's record again, as {@code html} or {@code json}. */
    public String render(Path bundle, String format) throws InterruptedException {
        BundleFile found = BundleFile.read(bundle);
        byte[] bytes = found.files().getOrDefault(Bundle.DOCUMENT, new byte[0]);
        Optional<JsonNode> document =
                Json.read(bytes).filter(node -> node.path("schema").asString("").equals(RecordDocument.SCHEMA));
        if (document.isEmpty()) {
            throw new CouldNotRun(new Problem(
                    "The bundle holds no record that this Muster can read",
                    bundle + "!" + Bundle.DOCUMENT,
                    "See what is wrong with it: `muster verify " + bundle + " --trust FOLDER`."));
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
