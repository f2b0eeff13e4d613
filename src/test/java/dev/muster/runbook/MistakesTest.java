package dev.muster.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A runbook with many mistakes tells all of them at once, each where it stands. */
class MistakesTest {
    @TempDir
    Path folder;

    @Test
    void forty_mistakes_are_reported_at_once_in_the_order_of_the_file() throws IOException {
        List<String> faults = new RunbookFixture(folder).faults("""
                        apiVersion: muster.dev/v2
                        name: Odoo Monthly
                        titel: Monthly
                        system: 12
                        owner:
                        scenario: regional-los
                        schedule: { cron: "0 0 3 * *", zone: Europe/Berln, avoid: month-end }
                        objectives: { rpo: 15 minutes, rto: -4h, rta: 1h }
                        processes:
                          order-capture: { rpo: 0m, rto: 15, watermark: "", proof: [database-integrty] }
                          Warehouse: {}
                          invoicing: { proof: [], proof: [login], watermrk: "select 1" }
                        backups:
                          database: { vault: primry, format: tar, prefix: 7, selct: newest }
                          filestore: { within: database, vault: primary }
                          configuration: { vault: primary, format: tar, zone: Mars/Base }
                        scratch: { on: lokal, postgres: 13, timeToLive: 1h, disk: big }
                        deadlines: { fetch: 2h, restor: 1h, check: true }
                        steps:
                          - check: database-integrity
                            rows: { "sale order": 1, stock_move: 0 }
                          - restor: database
                          - restore: databse
                          - restore: database
                            check: database-integrity
                          - together:
                              - together: [ { restore: filestore } ]
                              - neutralise: odoo
                          - together: []
                          - neutralise: odo
                          - check: filestore-consistancy
                          - rows: { account_move: 1 }
                          - nothing
                        """);
        assertThat(faults).hasSizeGreaterThanOrEqualTo(40);
        assertThat(faults.stream().map(fault -> fault.replaceFirst("runbook.yaml:(\\d+:\\d+): .*", "$1")))
                .containsExactly(
                        "1:13", "2:7", "3:1", "4:9", "5:1", "6:11", "7:19", "7:38", "7:59", "8:20", "8:37", "8:42",
                        "10:25", "10:34", "10:49", "10:61", "11:3", "11:3", "12:23", "12:27", "12:43", "14:22", "14:38",
                        "14:51", "14:54", "15:3", "15:14", "15:24", "16:3", "16:18", "16:55", "17:16", "17:33", "17:59",
                        "18:21", "18:25", "18:44", "20:12", "21:13", "21:42", "22:5", "23:14", "24:5", "25:12", "27:9",
                        "28:9", "29:15", "30:17", "31:12", "32:5", "33:5");
    }
}
