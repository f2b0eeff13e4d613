package dev.muster.scratch.kubernetes;

import dev.muster.drill.OpenScratch;
import dev.muster.scratch.Holder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A scratch as it stands in a cluster, by what is written on it: on its namespace, or on the service account where
 * drills share one.
 */
record Standing(String id, Naming naming, HasMetadata mark) {
    /** After this silence nobody holds it: signs of life come every half minute. */
    private static final Duration SILENCE = Duration.ofMinutes(2);

    /** Between the namespace and a name in it; no namespace holds one. */
    private static final char POINT = '.';

    /** Empty when it is no scratch of this installation, or no longer there. */
    static Optional<Standing> of(HasMetadata object, String installation) {
        ObjectMeta meta = object.getMetadata();
        Map<String, String> labels = meta.getLabels() == null ? Map.of() : meta.getLabels();
        String drill = written(meta, Labels.DRILL);
        if (drill.isEmpty()) {
            return Optional.empty();
        }
        Naming naming = new Naming(drill, installation, Optional.ofNullable(meta.getNamespace()));
        return labels.entrySet().containsAll(naming.labels().entrySet())
                ? Optional.of(new Standing(id(naming), naming, object))
                : Optional.empty();
    }

    /** What people call the scratch of a drill. */
    static String id(Naming naming) {
        return naming.fixed().isPresent() ? naming.namespace() + POINT + naming.object(Names.MARK) : naming.namespace();
    }

    /** Whether scratches in Kubernetes are called so; those on machines are not. */
    static boolean isId(String id) {
        return id.indexOf(POINT) >= 0 || id.startsWith("muster-");
    }

    /** The namespace that an id names. */
    static String namespace(String id) {
        int point = id.indexOf(POINT);
        return point < 0 ? id : id.substring(0, point);
    }

    String drill() {
        return naming.drill();
    }

    Instant opened() {
        return instant(Labels.OPENED_AT)
                .orElseGet(() -> Instant.parse(mark.getMetadata().getCreationTimestamp()));
    }

    Instant expires() {
        return instant(Labels.EXPIRES_AT).orElseGet(this::opened);
    }

    boolean kept() {
        return Boolean.parseBoolean(written(mark.getMetadata(), Labels.KEPT));
    }

    String owner() {
        return written(mark.getMetadata(), Labels.OWNER);
    }

    String aliveAt() {
        return written(mark.getMetadata(), Labels.ALIVE_AT);
    }

    /**
     * Whether it is still held by the process that opened it. One that has tried to remove it and could not gives no more
     * signs of life, though it may run.
     */
    boolean owned(Instant now) {
        boolean signs = instant(Labels.ALIVE_AT)
                .filter(sign -> sign.plus(SILENCE).isAfter(now))
                .isPresent();
        return signs && !orphaned();
    }

    /** Whether its owner is known to have ended, as only this machine knows of its own processes. */
    boolean orphaned() {
        return Holder.of(owner())
                .filter(Holder::onThisHost)
                .filter(owner -> !owner.runs())
                .isPresent();
    }

    OpenScratch described(Instant now, String cluster, String reach) {
        return new OpenScratch(
                id,
                drill(),
                "namespace " + naming.namespace() + " of " + cluster,
                opened(),
                expires(),
                owned(now),
                kept(),
                0,
                List.of(),
                reach);
    }

    private Optional<Instant> instant(String annotation) {
        try {
            return Optional.of(Instant.parse(written(mark.getMetadata(), annotation)));
        } catch (DateTimeParseException none) {
            return Optional.empty();
        }
    }

    private static String written(ObjectMeta meta, String annotation) {
        return meta.getAnnotations() == null ? "" : meta.getAnnotations().getOrDefault(annotation, "");
    }
}
