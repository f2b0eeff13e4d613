package dev.muster.telling;

import dev.muster.drill.DrillRecord;
import dev.muster.drill.News;
import dev.muster.drill.Teller;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Several who tell, in turn: one that fails keeps neither the others nor the drill from going on. */
public record Tellers(List<Teller> tellers) implements Teller {
    private static final Logger LOG = LoggerFactory.getLogger(Tellers.class);

    public Tellers {
        tellers = List.copyOf(tellers);
    }

    @Override
    public void ended(DrillRecord record, Optional<Path> bundle) {
        each("the end of " + record.drill(), teller -> teller.ended(record, bundle));
    }

    @Override
    public void tell(News news) {
        each(news.kind() + " of " + news.subject(), teller -> teller.tell(news));
    }

    private void each(String what, Consumer<Teller> telling) {
        for (Teller teller : tellers) {
            try {
                telling.accept(teller);
            } catch (RuntimeException unable) {
                LOG.error("{} could not be told: {}", what, unable.toString());
            }
        }
    }
}
