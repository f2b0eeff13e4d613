package dev.muster.scratch.kubernetes;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import dev.muster.drill.Secret;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What a registry wants to see before it gives the images out: from the settings, or there already in the namespace. */
final class PullSecrets {
    static final String TYPE = "kubernetes.io/dockerconfigjson";
    static final String ENTRY = ".dockerconfigjson";

    private final List<String> asked;
    private final Map<String, Supplier<Secret>> known;
    private final Naming naming;

    PullSecrets(List<String> asked, Map<String, Supplier<Secret>> known, Naming naming) {
        this.asked = asked;
        this.known = known;
        this.naming = naming;
        if (naming.fixed().isEmpty()) {
            asked.stream().filter(name -> !known.containsKey(name)).findFirst().ifPresent(name -> {
                throw new CouldNotRun(new Problem(
                        "Nobody knows the pull secret `" + name + "`, and a namespace made for the drill has none yet",
                        "scratch.kubernetes.pullSecrets in the runbook",
                        "Say in the settings where it is found, as kubernetes.pullSecrets." + name
                                + ": ${secret:NAME}, with the content of a Docker configuration in JSON."));
            });
        }
    }

    /** What the pod calls them. */
    List<String> names() {
        return asked.stream()
                .map(name -> known.containsKey(name) ? object(name) : name)
                .toList();
    }

    /** Those that have to be made, by what they are called. */
    Map<String, Supplier<Secret>> made() {
        Map<String, Supplier<Secret>> made = new TreeMap<>();
        for (String name : asked) {
            Supplier<Secret> secret = known.get(name);
            if (secret != null) {
                made.put(object(name), secret);
            }
        }
        return made;
    }

    private String object(String name) {
        return naming.object("pull-" + name);
    }
}
