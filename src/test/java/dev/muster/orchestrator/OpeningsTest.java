package dev.muster.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.backup.Estate;
import dev.muster.backup.TokenServer;
import dev.muster.backup.VaultKeys;
import dev.muster.backup.Vaults;
import dev.muster.check.Checks;
import dev.muster.drill.DrillRequest;
import dev.muster.drill.Progress;
import dev.muster.drill.Secret;
import dev.muster.runbook.RunbookReader;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which keys the scratch of a drill is given. */
class OpeningsTest {
    private TokenServer tokens;
    private Vaults vaults;

    @BeforeEach
    void open() throws Exception {
        tokens = new TokenServer(Clock.systemUTC());
        vaults = new Vaults(
                List.of(Estate.settings(URI.create("http://10.1.2.3:9000")).by(tokens.session())),
                Secret::new,
                Clock.systemUTC());
    }

    @AfterEach
    void close() {
        vaults.close();
        tokens.close();
    }

    @Test
    void a_scratch_in_a_cluster_is_given_keys_of_its_drill_and_the_evidence_says_until_when() throws Exception {
        DrillRequest request = request("kubernetes");
        Notes notes = new Notes("orders-1", request, Clock.systemUTC().instant());

        Map<String, VaultKeys> keys = openings().keys("orders-1", request.runbook());
        notes.opens(keys);

        assertThat(openings()
                        .of("orders-1", request.runbook(), keys, 0, Progress.SILENT)
                        .secrets()
                        .values())
                .extracting(Secret::reveal)
                .containsExactly(TokenServer.SECRET_KEY);
        assertThat(tokens.asked())
                .extracting(asked -> asked.field("RoleSessionName"))
                .containsExactly("orders-1");
        assertThat(notes.keys("primary")).isEqualTo(keys.get("primary"));
        assertThat(notes.environment())
                .containsEntry(
                        "keys of vault primary",
                        "of this drill alone, until "
                                + notes.keys("primary").ends().orElseThrow())
                .allSatisfy(
                        (name, value) -> assertThat(value).doesNotContain(TokenServer.SECRET_KEY, TokenServer.TOKEN));
    }

    @Test
    void a_scratch_on_this_machine_is_given_none() throws Exception {
        assertThat(openings().keys("orders-1", request("local").runbook())).isEmpty();
        assertThat(tokens.asked()).isEmpty();
    }

    private Openings openings() {
        return new Openings(
                vaults,
                Map.of(),
                (runbook, keys) -> Map.of("key", keys.values().iterator().next().secretKey()));
    }

    private static DrillRequest request(String place) {
        return new DrillRequest(
                new RunbookReader(
                                Set.of("primary"),
                                Checks.shipped(Clock.systemUTC()).groups())
                        .read(Path.of("runbooks/odoo-monthly.yaml"), Map.of("scratch.on", place))
                        .runbook()
                        .orElseThrow(),
                Clock.systemUTC().instant(),
                "somebody",
                DrillRequest.Trigger.OPERATOR,
                Map.of(),
                Map.of(),
                Optional.empty());
    }
}
