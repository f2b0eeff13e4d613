package dev.muster.check.filestore;

import static dev.muster.check.RestoredDatabase.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.check.RestoredDatabase;
import dev.muster.drill.CheckResult;
import dev.muster.drill.FileSource;
import dev.muster.drill.Filekeeping;
import dev.muster.drill.Likeness;
import dev.muster.drill.Step;
import dev.muster.drill.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Another application's files, as a runbook describes them. */
class OwnRegisterTest {
    private static final String BY_DIGEST = "select sha256 as digest, size, written, title as owner from documents";
    private static final String FOLDED = "{digest:0:2}/{digest}";

    @RegisterExtension
    static final RestoredDatabase RESTORED = new RestoredDatabase();

    @TempDir
    Path filestore = Path.of("unset");

    @BeforeEach
    void documents() throws Exception {
        RESTORED.sql("create table documents (title text, sha256 bytea, size int, place text, written timestamptz)");
        document("contract", "first");
        document("letter", "second");
    }

    @Test
    void files_are_found_by_their_digest_and_compared_with_it() throws Exception {
        CheckResult sound = ask("attachments-complete", BY_DIGEST, "sha-256", FOLDED);
        assertThat(said(sound)).isEmpty();
        assertThat(sound.observations()).containsEntry("sound", "2").containsEntry("digest", "SHA-256");
        CheckResult named = ask("files-named", BY_DIGEST, "sha-256", FOLDED);
        assertThat(said(named)).isEmpty();
        assertThat(named.observations()).containsEntry("files that rows name", "2");

        Files.writeString(place("second"), "secxnd");
        Files.delete(place("first"));

        assertThat(said(ask("attachments-complete", BY_DIGEST, "sha-256", FOLDED)))
                .contains("(contract): missing", "(letter): another digest than recorded");
    }

    @Test
    void what_is_not_of_the_described_layout_is_foreign() throws Exception {
        Files.writeString(filestore.resolve("docs/readme.txt"), "hello");

        assertThat(ask("files-named", BY_DIGEST, "sha-256", FOLDED).observations())
                .containsEntry("not of the store's layout", "1 (5 bytes)");
    }

    @Test
    void without_a_digest_only_the_size_is_compared_and_that_is_said() throws Exception {
        String query = "select place as path, size from documents";
        CheckResult result = ask("attachments-complete", query, "", "");
        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.findings().toString()).contains("The content of 2 files is unproven");

        Files.writeString(place("second"), "too long for it");

        assertThat(said(ask("attachments-complete", query, "", ""))).contains("another size than recorded");
    }

    @Test
    void no_row_leads_out_of_the_filestore_or_breaks_out_of_the_query() throws Exception {
        Files.writeString(filestore.resolve("outside"), "x");
        RESTORED.sql(
                "insert into documents (title, place, size) values ('evil', '../outside', 1), ('nowhere', null, 1),"
                        + " ('quoted', $$x'); drop table documents; --$$, 1)");

        CheckResult result =
                ask("attachments-complete", "select place as path, size, title as owner from documents -- all", "", "");

        assertThat(said(result)).contains("../outside (evil): not a plain file", "(quoted): missing");
        assertThat(result.observations()).containsEntry("rows with content elsewhere", "1");
        assertThat(RESTORED.value("select count(*) from documents")).isEqualTo("5");
    }

    @Test
    void a_query_that_does_not_fit_is_named_with_its_place() throws Exception {
        assertThat(unable("select * from document", "sha-256", FOLDED))
                .contains("relation \"document\" does not exist", "runbooks/monthly.yaml, check", "files");
        assertThat(unable("select size from documents", "", FOLDED)).contains("needs the column digest");
        assertThat(unable("select place as path from documents", "", "")).contains("neither digest nor size");
        assertThat(unable("select place as path from documents", "sha-256", "")).contains("no column digest");
        assertThat(unable(BY_DIGEST, "", FOLDED)).contains("nothing says of which kind");
        assertThat(unable("select place as path, size, 7 as written from documents", "", ""))
                .contains("int4 for written");
        assertThat(unable("delete from documents returning place as path, size", "", ""))
                .contains("syntax error");
        assertThat(unable("select pg_read_file('/etc/passwd') as path, 1 as size", "", ""))
                .contains("permission denied");
    }

    private String unable(String sql, String digest, String path) throws Exception {
        CheckResult result = ask("attachments-complete", sql, digest, path);
        assertThat(result.verdict()).as(sql).isEqualTo(Verdict.COULD_NOT_RUN);
        return said(result);
    }

    private CheckResult ask(String check, String sql, String digest, String path) throws Exception {
        FileSource source = new FileSource(sql, given(digest), given(path));
        return RESTORED.ask(
                new Step.Check(
                        check,
                        Map.of(),
                        Optional.empty(),
                        Map.of(),
                        List.of(),
                        new Filekeeping(Optional.empty(), OptionalLong.empty(), Optional.of(source)),
                        Likeness.USUAL),
                RESTORED.subject(Optional.of(filestore), Map.of()));
    }

    private static Optional<String> given(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private void document(String title, String content) throws Exception {
        Path file = place(content);
        Files.createDirectories(
                filestore.resolve("docs").resolve(sha256(content).substring(0, 2)));
        Files.writeString(file, content);
        RESTORED.sql("insert into documents values ('" + title + "', decode('" + sha256(content) + "', 'hex'), "
                + content.length() + ", '" + filestore.resolve("docs").relativize(file) + "', now())");
    }

    private Path place(String content) throws Exception {
        String digest = sha256(content);
        return filestore.resolve("docs").resolve(digest.substring(0, 2)).resolve(digest);
    }

    private static String sha256(String content) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
    }
}
