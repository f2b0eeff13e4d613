package dev.muster.scratch;

import dev.muster.drill.TeardownReceipt;
import java.nio.file.Path;
import java.time.Instant;

/** A scratch on this machine, for those who opened it. */
public final class LocalSite implements Site {
    private final LocalScratch scratch;
    private final Path place;
    private final Markers markers;
    private final Removal removal;

    LocalSite(LocalScratch scratch, Path place, Markers markers, Removal removal) {
        this.scratch = scratch;
        this.place = place;
        this.markers = markers;
        this.removal = removal;
    }

    public Scratch scratch() {
        return scratch;
    }

    @Override
    public String id() {
        return scratch.id();
    }

    @Override
    public String network() {
        return scratch.network();
    }

    @Override
    public void keepUntil(Instant end) {
        markers.change(id(), marker -> marker.keptUntil(end));
    }

    @Override
    public String reach() {
        return scratch.reach();
    }

    @Override
    public TeardownReceipt remove() {
        scratch.close();
        return removal.remove(id(), place);
    }

    @Override
    public <R> R match(Cases<R> cases) throws Exception {
        return cases.here(scratch);
    }
}
