package dev.muster.check;

import dev.muster.drill.Progress;
import dev.muster.scratch.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Many small questions to one database, put over several connections at once. */
public record Lanes(Database database, String work, Progress progress) {

    /** One small question over a connection that other questions use before and after it. */
    public interface Question<T, R> {
        R ask(Connection connection, T about) throws SQLException;
    }

    /** The answers in the order of what they are about. */
    public <T, R> List<R> ask(List<T> about, Question<T, R> question) throws SQLException, InterruptedException {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        Map<Integer, R> answers = new ConcurrentSkipListMap<>();
        Callable<Boolean> lane = () -> {
            try (Connection connection = database.connect()) {
                for (int i = next.getAndIncrement(); i < about.size(); i = next.getAndIncrement()) {
                    answers.put(i, question.ask(connection, about.get(i)));
                    progress.advances(work, done.incrementAndGet(), about.size(), Progress.Unit.ITEMS);
                }
            } finally {
                // When one lane stops early, the others have nothing left to find out.
                next.set(about.size());
            }
            return true;
        };
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Callable<Boolean>> lanes = new ArrayList<>();
            int width = Math.min(about.size(), Runtime.getRuntime().availableProcessors());
            for (int i = 0; i < width; i++) {
                lanes.add(lane);
            }
            for (Future<Boolean> finished : threads.invokeAll(lanes)) {
                finished.get();
            }
        } catch (ExecutionException broken) {
            if (broken.getCause() instanceof SQLException error) {
                throw error;
            }
            throw new IllegalStateException(broken.getCause());
        } finally {
            threads.shutdownNow();
        }
        return List.copyOf(answers.values());
    }
}
