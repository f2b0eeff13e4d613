package dev.muster.evidence.followup;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.evidence.archive.BundleFile;
import dev.muster.evidence.bundle.Bundle;
import dev.muster.evidence.bundle.Statement;
import dev.muster.evidence.record.Json;
import dev.muster.evidence.record.Section;
import dev.muster.signing.PublicKeyText;
import dev.muster.signing.Signer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What lies beside a bundle because it came later: signed statements, numbered, each naming the one before. The bundle
 * itself is never touched.
 */
public final class FollowUps {
    /** What a reviewer's signature over a bundle is made for; ssh calls it the namespace. */
    public static final String SIGN_OFF = "muster-sign-off";

    private static final Pattern NAME = Pattern.compile("\\.followup-([1-9][0-9]{0,3})\\.json");
    private static final int LARGEST = 256 * 1024;

    private final Path bundle;
    private final List<FollowUp> all;
    private final List<Problem> problems;

    private FollowUps(Path bundle, List<FollowUp> all, List<Problem> problems) {
        this.bundle = bundle;
        this.all = List.copyOf(all);
        this.problems = List.copyOf(problems);
    }

    /** Those of a bundle, in order; nothing is said yet of who signed them. */
    public static FollowUps beside(Path bundle) {
        List<FollowUp> found = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        Path folder = Optional.ofNullable(bundle.toAbsolutePath().getParent()).orElseThrow();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                Matcher number = NAME.matcher(
                        name.startsWith(stem(bundle))
                                ? name.substring(stem(bundle).length())
                                : "");
                if (number.matches()) {
                    read(Integer.parseInt(number.group(1)), file)
                            .ifPresentOrElse(found::add, () -> problems.add(malformed(file)));
                }
            }
        } catch (IOException failed) {
            throw new CouldNotRun(
                    new Problem(
                            "What follows the bundle cannot be read (" + failed + ")",
                            folder.toString(),
                            "Make the folder and its files readable for the user who runs Muster."),
                    failed);
        }
        found.sort(Comparator.comparingInt(FollowUp::number));
        return new FollowUps(bundle, found, problems);
    }

    private static Optional<FollowUp> read(int number, Path file) throws IOException {
        return Files.isRegularFile(file) && Files.size(file) <= LARGEST
                ? FollowUp.read(number, file, Files.readAllBytes(file))
                : Optional.empty();
    }

    private static Problem malformed(Path file) {
        return new Problem(
                "This is no follow-up as Muster writes them",
                file.toString(),
                "It was changed after it was signed, or a newer Muster wrote it. Ask whoever gave it to you for the"
                        + " original.");
    }

    private static String stem(Path bundle) {
        return bundle.getFileName().toString().replaceFirst("\\.zip$", "");
    }

    public List<FollowUp> all() {
        return all;
    }

    /** Files that are none although they are called so. */
    public List<Problem> problems() {
        return problems;
    }

    /** Where the chain of numbers and digests breaks: something is missing before, or was exchanged. */
    Optional<FollowUp> broken() {
        String previous = "";
        for (FollowUp one : all) {
            if (one.said().path("number").asInt(0) != one.number()
                    || !one.text("previous").equals(previous)) {
                return Optional.of(one);
            }
            previous = one.sha256();
        }
        return Optional.empty();
    }

    /**
     * Adds one, on disk when this returns.
     *
     * @param content what it says, in order
     */
    public FollowUp add(FollowUpKind kind, Map<String, String> content, Signer signer, Instant at) {
        int number = all.isEmpty() ? 1 : all.get(all.size() - 1).number() + 1;
        Section predicate = new Section()
                .with("drill", drill())
                .with("number", number)
                .with("previous", all.isEmpty() ? "" : all.get(all.size() - 1).sha256())
                .with("at", at.truncatedTo(ChronoUnit.SECONDS))
                .with("kind", kind.label());
        content.forEach(predicate::with);
        byte[] statement = Json.compact(new Section()
                .with("_type", Statement.TYPE)
                .with(
                        "subject",
                        List.of(new Section()
                                .with("name", Bundle.STATEMENT)
                                .with("digest", new Section().with("sha256", subject(bundle)))))
                .with("predicateType", FollowUp.PREDICATE_TYPE)
                .with("predicate", predicate)
                .values());
        byte[] signature = signer.sign(Statement.preAuthenticationEncoding(statement));
        byte[] file = Statement.sigstore(statement, signature, signer.keyId());
        Path place = bundle.resolveSibling(stem(bundle) + ".followup-" + number + ".json");
        try (FileChannel channel = FileChannel.open(place, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(file);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (IOException failed) {
            throw new CouldNotRun(
                    new Problem(
                            "The follow-up could not be written (" + failed + ")",
                            place.toString(),
                            "Make the folder writable for the user who runs Muster, with room on its disk; what is"
                                    + " there already is never overwritten."),
                    failed);
        }
        return FollowUp.read(number, place, file).orElseThrow();
    }

    private String drill() {
        return Json.read(BundleFile.read(bundle).files().getOrDefault(Bundle.STATEMENT, new byte[0]))
                .map(statement -> statement.path("predicate").path("drill").asString(""))
                .orElse("");
    }

    static String subject(Path bundle) {
        byte[] statement = BundleFile.read(bundle).files().get(Bundle.STATEMENT);
        if (statement == null) {
            throw new CouldNotRun(new Problem(
                    "The bundle holds no statement that could be followed up",
                    bundle.toString(),
                    "See what is wrong with it: `muster verify " + bundle + " --trust FOLDER`."));
        }
        return Statement.sha256(statement);
    }

    /** The findings, in their own words, that somebody has dealt with. */
    public Set<String> closed() {
        return all.stream()
                .filter(one -> one.kind() == FollowUpKind.CLOSING)
                .map(one -> one.text("finding"))
                .collect(Collectors.toSet());
    }

    /** Each as a page shows it: its number, instant, kind, what it says, and whether the issuer of the bundle signed it. */
    public List<Map<String, String>> readable() {
        Map<String, byte[]> files = BundleFile.read(bundle).files();
        Optional<PublicKeyText> issuer = PublicKeyText.parse(
                new String(files.getOrDefault(Bundle.KEY, new byte[0]), StandardCharsets.ISO_8859_1));
        List<Map<String, String>> rows = new ArrayList<>();
        for (FollowUp one : all) {
            boolean signed = issuer.filter(key -> key.verifies(one.message(), one.signature()))
                            .isPresent()
                    && one.subject().equals(subject(bundle));
            Map<String, String> row = new LinkedHashMap<>();
            row.put("number", Integer.toString(one.number()));
            row.put("at", one.text("at"));
            row.put("kind", one.kind().label());
            row.put("says", FollowUpWords.sentence(one));
            row.put("signed", signed ? "by the key that signed the bundle" : "NOT by the key that signed the bundle");
            rows.add(row);
        }
        return rows;
    }
}
