package dev.muster.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.evidence.archive.BundleFile;
import dev.muster.ledger.LedgerProofs;
import dev.muster.signing.SigningKeys;
import dev.muster.template.Templates;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnControlsTest {
    @TempDir
    Path temporary;

    private Map<String, byte[]> bundleWith(String controls) throws Exception {
        Path own = Files.createDirectories(temporary.resolve("own"));
        Files.writeString(own.resolve("controls.json"), controls);
        SigningKeys keys = SigningKeys.init(temporary.resolve("keys"));
        Path bundle = new Evidence(new Templates(Optional.of(own)), List::of)
                .write(Records.passed(), List.of(), LedgerProofs.NONE, keys, keys.publicKey(), temporary);
        return BundleFile.read(bundle).files();
    }

    private static String text(Map<String, byte[]> files, String name) {
        return new String(files.getOrDefault(name, new byte[0]), StandardCharsets.UTF_8);
    }

    @Test
    void an_organisation_s_own_controls_stand_in_the_report_and_make_it_customised() throws Exception {
        Map<String, byte[]> files = bundleWith("""
                {"controls": [{"catalogue": "House <b>rules</b>", "control": "7", "title": "Restores", "textChecked": true,
                  "supports": [{"section": "S10", "how": "by work"}], "doesNotShow": "Anything else."}]}
                """);

        assertThat(text(files, "report.html"))
                .contains("House &lt;b&gt;rules", "no workflow was run in this drill", "the organisation's own")
                .doesNotContain("ISO 22301");
        assertThat(text(files, "evidence.json")).contains("\"customised\" : true");
    }

    @Test
    void broken_controls_are_a_finding_and_the_shipped_ones_are_used() throws Exception {
        Map<String, byte[]> files = bundleWith("{\"controls\": [{]}");

        assertThat(text(files, "report.html")).contains("ISO 22301");
        assertThat(text(files, "evidence.json"))
                .contains("The mapping of controls cannot be read", "templates/controls.json:1")
                .contains("\"customised\" : false");
    }
}
