package dev.muster.web.pages.drill;

import dev.muster.drill.QueuedDrill;
import dev.muster.people.Person;
import dev.muster.people.Right;
import dev.muster.web.pages.Words;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A drill of the queue as pages show it, with what somebody may do about it. */
final class QueuedInWords {
    private final Words words;

    QueuedInWords(Words words) {
        this.words = words;
    }

    Map<String, Object> of(QueuedDrill drill, Person person) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("drill", drill.drill());
        said.put("runbook", drill.runbook());
        said.put("system", drill.system());
        said.put("state", drill.state().name());
        said.put("attempt", drill.attempt());
        said.put("askedAt", words.moment(drill.askedAt()));
        said.put("askedBy", drill.askedBy());
        said.put("trigger", drill.trigger().name().toLowerCase(Locale.ROOT));
        drill.slot().ifPresent(slot -> said.put("slot", words.moment(slot)));
        drill.approvedBy().ifPresent(by -> said.put("approvedBy", by));
        drill.process().ifPresent(process -> said.put("process", process));
        drill.startedAt().ifPresent(at -> said.put("startedAt", words.moment(at)));
        drill.waitsFor().ifPresent(why -> said.put("waitsFor", why));
        drill.stop().ifPresent(why -> said.put("stop", why));
        drill.wish().at().ifPresent(at -> said.put("disaster", words.moment(at)));
        drill.wish().keep().ifPresent(keep -> said.put("keep", words.duration(keep)));
        said.put("backups", drill.wish().backups());
        boolean awaits = drill.state() == QueuedDrill.State.AWAITING_APPROVAL;
        boolean own = drill.askedBy().equals(person.name());
        // Four eyes: never those of who asked.
        said.put("mayApprove", awaits && !own && person.may(Right.APPROVE));
        said.put("own", own);
        said.put("mayStop", drill.state().open() && drill.stop().isEmpty() && person.may(Right.START));
        return said;
    }
}
