package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.drill.News;
import dev.muster.runbook.Misprint;
import dev.muster.runbook.Misprints;
import dev.muster.telling.Receiver;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is told what, among the settings. */
class TellingSettingsTest {
    @TempDir
    private Path folder;

    private WrittenSettings written;

    @BeforeEach
    void has_a_folder() {
        written = new WrittenSettings(folder);
    }

    @Test
    void receivers_are_told_what_they_want_and_their_secrets_stay_references() throws Exception {
        written.write("muster.yaml", """
                telling:
                  dba: { mail: { host: smtp.example.com, from: muster@example.com, to: [dba@example.com], user: muster, password: "${env:SMTP}" } }
                  on-call: { pagerduty: { key: "${env:PAGER}" }, on: [failed, passed-again], systems: ["erp-*"] }
                  chat: { slack: { url: "https://chat.example.com/${env:CHAT}" } }
                """);
        List<Receiver> receivers = written.read(Map.of("SMTP", "hunter2", "PAGER", "hunter3", "CHAT", "hunter4"))
                .receivers();

        assertThat(receivers).extracting(Receiver::name).containsExactly("dba", "on-call", "chat");
        assertThat(receivers.get(0).on()).isEqualTo(Receiver.USUAL);
        assertThat(receivers.get(0).channel().place()).isEqualTo("the mail server smtp.example.com:587");
        assertThat(receivers.get(1).on()).containsExactlyInAnyOrder(News.Kind.FAILED, News.Kind.PASSED_AGAIN);
        assertThat(receivers.get(1).systems()).containsExactly("erp-*");
        assertThat(receivers.toString()).doesNotContain("hunter");
        assertThat(receivers.get(0).channel().secrets())
                .extracting(secret -> secret.get().reveal())
                .containsExactly("hunter2");
    }

    @Test
    void receivers_that_make_no_sense_are_refused_each_with_its_line() throws Exception {
        written.write("muster.yaml", """
                telling:
                  nobody: { on: [failed] }
                  both: { slack: { url: "https://a.example.com/" }, pagerduty: { key: "${env:PAGER}" } }
                  open: { mail: { host: smtp.example.com, tls: none, from: a@b, to: [a@b], user: a, password: "${env:SMTP}" } }
                  half: { mail: { host: smtp.example.com, from: a@b, to: [a@b], user: a } }
                  shown: { webhook: { url: "https://a.example.com/", secret: in-the-open } }
                  crlf: { mail: { host: smtp.example.com, from: "a@b\\nBcc: c@d", to: [a@b] } }
                  kind: { slack: { url: "https://a.example.com/" }, on: [fialed] }
                """);
        assertThat(catchThrowableOfType(Misprints.class, () -> written.read(Map.of()))
                        .misprints())
                .extracting(Misprint::line)
                .contains(6, 7, 8);
        written.write("muster.yaml", """
                telling:
                  nobody: { on: [failed] }
                  both: { slack: { url: "https://a.example.com/" }, pagerduty: { key: "${env:PAGER}" } }
                  open: { mail: { host: smtp.example.com, tls: none, from: a@b, to: [a@b], user: a, password: "${env:SMTP}" } }
                  half: { mail: { host: smtp.example.com, from: a@b, to: [a@b], user: a } }
                """);
        assertThat(catchThrowableOfType(Misprints.class, () -> written.read(Map.of()))
                        .misprints())
                .extracting(Misprint::line)
                .containsExactly(2, 3, 4, 5);
    }
}
