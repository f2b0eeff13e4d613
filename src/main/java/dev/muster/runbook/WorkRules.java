package dev.muster.runbook;

import dev.muster.drill.Blanks;
import dev.muster.runbook.yaml.Entry;
import dev.muster.runbook.yaml.Spelling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What must hold of applications, of the steps that start them, and of workflows. */
final class WorkRules {
    /** What the command of an application may leave to be filled in. */
    private static final Set<String> OF_APPLICATIONS =
            Set.of("database", "port", "dbhost", "dbport", "dbuser", "data", "filestore", "configuration");

    /** What every workflow may leave to be filled in, whatever was captured. */
    private static final Set<String> OF_WORKFLOWS = Set.of("database", "password", "version");

    private final Entry root;
    private final List<Misprint> misprints = new ArrayList<>();
    private final Map<String, Set<String>> done = new LinkedHashMap<>();
    private Optional<String> started = Optional.empty();
    private boolean neutralised;

    WorkRules(Entry root) {
        this.root = root;
    }

    /** The workflow that a step means: the runbook's own, else one that came along for the application. */
    static Optional<Entry> workflow(Entry root, String application, String name) {
        Entry own = root.at("workflows").at(name);
        return own.present() ? Optional.of(own) : ShippedWorkflows.find(application, name);
    }

    List<Misprint> misprints() {
        root.at("applications").entries().values().forEach(this::application);
        for (Entry step : root.at("steps").items()) {
            neutralised |= step.at("neutralise").present();
            if (started.isPresent()) {
                tooLate(step);
            }
            start(step.at("start"));
            workflow(step.at("workflow"));
        }
        return List.copyOf(misprints);
    }

    /** The workflows that steps do, which a proof may name. */
    Set<String> workflows() {
        return new TreeSet<>(done.keySet());
    }

    private void application(Entry application) {
        List<Entry> texts = new ArrayList<>(application.at("command").items());
        texts.addAll(application.at("environment").entries().values());
        texts.add(application.at("filestore"));
        texts.forEach(text -> known(text, text.text().orElse(""), OF_APPLICATIONS));
        made(application);
    }

    /** An application is a program in the scratch, or objects beside it. */
    private void made(Entry application) {
        boolean manifests = application.at("manifests").present();
        if (manifests == application.at("command").present()) {
            misprints.add(application.misprint(
                    "`" + application.path() + "` has " + (manifests ? "both" : "neither") + " `command`"
                            + (manifests ? " and" : " nor") + " `manifests`",
                    "Give it `command` where it is a program, or `manifests` and `address` where Kubernetes runs it."));
        }
        for (String key : manifests ? List.of("image", "environment", "filestore") : List.of("address")) {
            if (application.at(key).present()) {
                misprints.add(application
                        .at(key)
                        .misprint(
                                "`" + key + "` is for an application that is "
                                        + (manifests ? "a program" : "made of manifests"),
                                "Remove it" + (manifests ? ", and say it in the manifests." : ".")));
            }
        }
        if (manifests && !application.at("address").present()) {
            misprints.add(application.misprint(
                    "`" + application.path() + "` lacks the key `address`",
                    "Add `address: SERVICE:PORT`, where it answers."));
        }
        if (manifests && !OperatorRules.inKubernetes(root)) {
            misprints.add(application
                    .at("manifests")
                    .misprint(
                            "Manifests are applied only where the scratch is in Kubernetes",
                            "Say `scratch: { on: kubernetes, … }`, or give the application a `command`."));
        }
    }

    private void start(Entry start) {
        Optional<String> name = start.text();
        if (name.isEmpty()) {
            return;
        }
        Set<String> applications = root.at("applications").entries().keySet();
        if (started.isPresent()) {
            misprints.add(start.misprint("An application is started already", "Remove one of the two steps."));
        } else if (!applications.contains(name.get())) {
            misprints.add(start.misprint(
                    "There is no application called `" + name.get() + "`",
                    applications.isEmpty()
                            ? "Describe it as `applications." + name.get() + "`."
                            : new Spelling(new TreeSet<>(applications)).advice(name.get())));
        } else if (!neutralised && !ShippedWorkflows.names(name.get()).isEmpty()) {
            misprints.add(start.misprint(
                    "`" + name.get() + "` is started before the data is neutralised",
                    "Put `neutralise: " + name.get() + "` before it."));
        }
        started = name;
    }

    /** A running application writes into its files, and what is restored under its feet it does not see. */
    private void tooLate(Entry step) {
        for (String key : List.of("restore", "neutralise", "together")) {
            if (step.at(key).present()) {
                misprints.add(step.at(key)
                        .misprint("`" + key + "` comes after the application is started", "Put it before `start`."));
            }
        }
        if (step.at("check")
                .text()
                .filter(group -> group.startsWith("filestore"))
                .isPresent()) {
            misprints.add(step.at("check")
                    .misprint(
                            "The files are checked after the application is started, which may have changed them",
                            "Put it before `start`."));
        }
    }

    private void workflow(Entry step) {
        Optional<String> name = step.text();
        if (name.isEmpty()) {
            return;
        }
        if (started.isEmpty()) {
            misprints.add(step.misprint(
                    "No application is started before the workflow `" + name.get() + "`",
                    "Put `start: ...` before it."));
            return;
        }
        Optional<Entry> found = workflow(root, started.get(), name.get());
        if (found.isEmpty()) {
            misprints.add(step.misprint(
                    "There is no workflow called `" + name.get() + "` for `" + started.get() + "`",
                    unknown(name.get())));
            return;
        }
        if (done.containsKey(name.get())) {
            misprints.add(step.misprint("The workflow `" + name.get() + "` is done twice", "Remove one of the two."));
            return;
        }
        Set<String> names = new TreeSet<>(OF_WORKFLOWS);
        Optional<String> after = found.get().at("after").text();
        if (after.isPresent() && !done.containsKey(after.get())) {
            misprints.add(step.misprint(
                    "The workflow `" + name.get() + "` goes on with what `" + after.get() + "` captured",
                    "Put `workflow: " + after.get() + "` before it."));
            return;
        }
        names.addAll(after.map(done::get).orElse(Set.of()));
        found.get().at("calls").items().forEach(call -> call(call, names));
        done.put(name.get(), names);
    }

    private String unknown(String name) {
        Set<String> known = new TreeSet<>(root.at("workflows").entries().keySet());
        known.addAll(ShippedWorkflows.names(started.orElse("")));
        return known.isEmpty() ? "Describe it as `workflows." + name + "`." : new Spelling(known).advice(name);
    }

    private void call(Entry call, Set<String> names) {
        for (String kind : List.of("http", "jsonrpc", "json2", "xmlrpc", "sql", "exec", "expect")) {
            Entry part = call.at(kind);
            if (part.present()) {
                known(part, part.json(), names);
            }
        }
        names.addAll(call.at("capture").entries().keySet());
    }

    private void known(Entry entry, String text, Set<String> names) {
        for (String name : Blanks.in(text)) {
            if (!names.contains(name)) {
                misprints.add(entry.misprint(
                        "Nothing is known by the name of {" + name + "} here",
                        new Spelling(new TreeSet<>(names)).advice(name)));
            }
        }
    }
}
