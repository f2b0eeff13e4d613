package dev.muster.schedule.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.drill.Runbook;
import dev.muster.runbook.Misprint;
import dev.muster.schedule.RunbookFolder;
import dev.muster.schedule.calendar.Calendars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Schedules that cannot be fulfilled are found before they are not. */
class ScheduleLintTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    Path folder;

    private RunbookFolder runbooks;
    private final List<String> names = new ArrayList<>();

    @BeforeEach
    void writesACalendar() throws IOException {
        runbooks = new RunbookFolder(folder.resolve("runbooks"));
        Files.createDirectories(folder.resolve("calendars"));
        Files.writeString(
                folder.resolve("calendars/month-end.yaml"),
                "apiVersion: muster.dev/v1\nwindows: [{ month: last 3 days }]");
    }

    private void write(String name, String schedule, String further) throws IOException {
        runbooks.write(name, schedule, further);
        names.add(name);
    }

    private List<String> faults(String name) {
        List<Runbook> all = names.stream().map(runbooks::read).toList();
        return new ScheduleLint(all, Calendars.read(folder.resolve("calendars")), NOW)
                .misprints(runbooks.read(name)).stream()
                        .map(Misprint::toString)
                        .map(text -> text.replace(folder.resolve("runbooks") + "/", ""))
                        .toList();
    }

    private void faulty(String schedule, String fault) throws IOException {
        write("shop", schedule, "");
        assertThat(faults("shop"))
                .singleElement()
                .asString()
                .startsWith("shop.yaml:6:")
                .contains(fault);
    }

    @Test
    void a_sound_schedule_has_no_faults() throws IOException {
        write(
                "first",
                "{ cron: \"0 0 3 ? * SUN\", avoid: [month-end] }",
                "objectives: { rpo: 1h, rto: 4h, provenEvery: 35d }");
        write("second", "{ on: first Sunday, at: \"05:00\", after: first }", "");

        assertThat(faults("first")).isEmpty();
        assertThat(faults("second")).isEmpty();
    }

    @Test
    void a_day_that_never_comes_is_told() throws IOException {
        faulty("{ cron: \"0 0 3 30 2 ?\" }", "`schedule.cron` never comes. Choose a day that there is");
    }

    @Test
    void a_leap_day_comes() throws IOException {
        write("shop", "{ cron: \"0 0 3 29 2 ?\" }", "");
        assertThat(faults("shop")).isEmpty();
    }

    @Test
    void windows_that_leave_no_slot_are_told() throws IOException {
        faulty(
                "{ on: second-last day, at: \"03:00\", avoid: [month-end] }",
                "`schedule.avoid` leaves no slot within a year; the first lies in month-end");
    }

    @Test
    void a_calendar_that_there_is_not_is_told_with_the_one_that_was_meant() throws IOException {
        faulty("{ cron: \"0 0 3 ? * SUN\", avoid: [month-and] }", "Did you mean `month-end`?");
    }

    @Test
    void a_runbook_to_wait_for_that_there_is_not_is_told() throws IOException {
        faulty("{ cron: \"0 0 3 ? * SUN\", after: shopp }", "Did you mean `shop`?");
    }

    @Test
    void runbooks_that_wait_for_each_other_are_told() throws IOException {
        write("a", "{ cron: \"0 0 3 ? * SUN\", after: c }", "");
        write("b", "{ cron: \"0 0 4 ? * SUN\", after: a }", "");
        write("c", "{ cron: \"0 0 5 ? * SUN\", after: b }", "");
        write("d", "{ cron: \"0 0 6 ? * SUN\", after: c }", "");

        assertThat(faults("b")).singleElement().asString().contains("leads in a circle: b after a after c after b");
        assertThat(faults("d")).isEmpty();
        faulty("{ cron: \"0 0 3 ? * SUN\", after: shop }", "leads in a circle: shop after shop");
    }

    @Test
    void a_runbook_to_wait_for_that_is_never_due_before_on_the_same_day_is_told() throws IOException {
        write("late", "{ cron: \"0 0 23 ? * SUN\" }", "");
        faulty("{ cron: \"0 0 3 ? * SUN\", after: late }", "is due before this one on no day of the next year");
    }

    @Test
    void a_promise_that_the_slots_of_the_system_cannot_keep_is_told() throws IOException {
        write("shop", "{ cron: \"0 0 3 1 * ?\" }", "objectives: { rpo: 1h, rto: 4h, provenEvery: 30d }");
        assertThat(faults("shop"))
                .singleElement()
                .asString()
                .startsWith("shop.yaml:7:")
                .contains(
                        "`objectives.provenEvery` is shorter than the schedule can fulfil: nothing is due for 31 d before");
    }
}
