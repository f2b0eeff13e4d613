package dev.muster.backup.health;

import dev.muster.backup.bucket.Unreadable;
import dev.muster.backup.bucket.Workers;
import dev.muster.drill.Problem;
import dev.muster.drill.StoredObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** Asks the same of many objects, several at once. */
final class Each {
    /** Of so many objects an answer takes seconds; the newest are asked first. */
    static final int MOST = 1000;

    private final Workers workers;

    Each(Workers workers) {
        this.workers = workers;
    }

    /** The objects of the newest backups. */
    static List<StoredObject> objects(Holdings holdings) {
        return holdings.generations().stream()
                .flatMap(generation -> generation.objects().stream())
                .limit(MOST)
                .toList();
    }

    <T> Map<StoredObject, T> ask(List<StoredObject> objects, Function<StoredObject, T> question)
            throws InterruptedException {
        List<Callable<T>> questions = new ArrayList<>();
        objects.forEach(object -> questions.add(() -> question.apply(object)));
        List<T> answers;
        try {
            answers = workers.all(questions);
        } catch (Unreadable e) {
            throw new IllegalStateException("a question to a vault reads no object", e);
        }
        Map<StoredObject, T> all = new LinkedHashMap<>();
        for (int i = 0; i < objects.size(); i++) {
            all.put(objects.get(i), answers.get(i));
        }
        return all;
    }

    <T> T ask(Callable<T> question) throws InterruptedException {
        return workers.run(question);
    }

    static Problem nothing(Holdings holdings) {
        return holdings.problem(
                "There is no complete backup of the " + holdings.asset() + " to ask about", "Run the backup job.");
    }
}
