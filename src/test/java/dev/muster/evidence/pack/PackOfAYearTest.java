package dev.muster.evidence.pack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.EventKind;
import dev.muster.drill.LedgerEvent;
import dev.muster.evidence.Evidence;
import dev.muster.evidence.Records;
import dev.muster.evidence.archive.Measured;
import dev.muster.ledger.Ledger;
import dev.muster.ledger.LedgerProofs;
import dev.muster.signing.SigningKeys;
import dev.muster.template.Templates;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three hundred drills with large records are packed and verified in less memory than the pack has bytes. */
@Tag("long")
class PackOfAYearTest {
    private static final int DRILLS = 300;

    @TempDir
    Path folder;

    @Test
    void a_pack_of_three_hundred_drills_streams() throws Exception {
        SigningKeys keys = SigningKeys.init(folder.resolve("keys"));
        String large = "a row of no matter, ".repeat(60_000);
        Path written = new Evidence(new Templates(Optional.empty()), List::of)
                .write(
                        Records.with(Map.of("rows", large)),
                        List.of(),
                        LedgerProofs.NONE,
                        keys,
                        keys.publicKey(),
                        folder);
        Path bundle = Files.move(written, folder.resolve("bundle.zip"));
        String digest = Measured.of(bundle).sha256();
        Ledger ledger = Ledger.open(folder.resolve("ledger"), Clock.systemUTC());
        for (int drill = 0; drill < DRILLS; drill++) {
            String name = "drill-" + drill;
            ledger.append(EventKind.PLANNED, name, Map.of("system", "shop"));
            LedgerEvent started = ledger.append(EventKind.STARTED, name, Map.of());
            assertThat(started.drill()).isEqualTo(name);
            ledger.append(EventKind.FINISHED, name, Map.of("verdict", "PASSED", "bundle sha256", digest));
        }

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx96m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PackOfAYear.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        String[] said = output.strip().split(" ", -1);
        assertThat(said[0]).as(output).isEqualTo("VALID");
        System.out.println(
                DRILLS + " bundles of " + Files.size(bundle) + " bytes: packed in " + said[1] + " ms, verified in "
                        + said[2] + " ms, the pack has " + Files.size(folder.resolve("pack.zip")) + " bytes");
        assertThat(Files.size(folder.resolve("pack.zip"))).isGreaterThan(96L << 20);
        assertThat(Long.parseLong(said[1])).isLessThan(60_000);
        assertThat(Long.parseLong(said[2])).isLessThan(120_000);
    }
}
