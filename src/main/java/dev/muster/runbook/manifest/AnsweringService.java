package dev.muster.runbook.manifest;

import dev.muster.drill.Endpoint;
import dev.muster.runbook.Misprint;
import dev.muster.runbook.yaml.Entry;
import dev.muster.runbook.yaml.Spelling;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The service at which an application made of manifests answers. */
record AnsweringService(Entry address, List<Entry> objects) {

    List<Misprint> misprints() {
        return address.text().flatMap(Endpoint::of).flatMap(this::misprint).stream()
                .toList();
    }

    private Optional<Misprint> misprint(Endpoint wanted) {
        Optional<Entry> service = services().stream()
                .filter(one -> name(one).equals(wanted.host()))
                .findFirst();
        if (service.isEmpty()) {
            return Optional.of(address.misprint(
                    "There is no Service `" + wanted.host() + "` among the manifests",
                    services().isEmpty()
                            ? "Add one, since the application is reached by it."
                            : new Spelling(services().stream()
                                            .map(AnsweringService::name)
                                            .collect(Collectors.toCollection(TreeSet::new)))
                                    .advice(wanted.host())));
        }
        if (service.get()
                .at("spec")
                .at("clusterIP")
                .text()
                .filter("None"::equals)
                .isPresent()) {
            return Optional.of(address.misprint(
                    "The Service `" + wanted.host() + "` has no address of its own",
                    "Name one without `clusterIP: None`."));
        }
        boolean port = service.get().at("spec").at("ports").items().stream()
                .anyMatch(one -> one.at("port").number().orElse(0) == wanted.port());
        return port
                ? Optional.empty()
                : Optional.of(address.misprint(
                        "The Service `" + wanted.host() + "` has no port " + wanted.port(),
                        "Name one of those under its `spec.ports`."));
    }

    private List<Entry> services() {
        return objects.stream()
                .filter(object ->
                        object.at("kind").text().filter("Service"::equals).isPresent())
                .toList();
    }

    private static String name(Entry object) {
        return object.at("metadata").at("name").text().orElse("");
    }
}
