package dev.muster.orchestrator.followup;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is done about a finding.
 *
 * @param finding the finding in its own words
 * @param retest the drill that showed, or is to show, that it helped
 * @param closed whether the finding is dealt with
 */
public record Action(
        String finding,
        String owner,
        Optional<LocalDate> due,
        Optional<String> ticket,
        Optional<String> retest,
        boolean closed) {
    Map<String, String> content() {
        Map<String, String> content = new LinkedHashMap<>();
        content.put("finding", finding);
        content.put("owner", owner);
        due.ifPresent(date -> content.put("due", date.toString()));
        ticket.ifPresent(text -> content.put("ticket", text));
        retest.ifPresent(drill -> content.put("retest", drill));
        return content;
    }
}
