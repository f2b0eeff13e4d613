package dev.muster.testing;

import dev.muster.drill.DrillRecord;
import dev.muster.drill.News;
import dev.muster.drill.Teller;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps what was told. */
public final class Heard implements Teller {
    public final List<News> news = new ArrayList<>();

    @Override
    public void ended(DrillRecord record, Optional<Path> bundle) {}

    @Override
    public void tell(News told) {
        news.add(told);
    }
}
