package dev.muster.cli;

import dev.muster.drill.DrillRequest;
import dev.muster.drill.Verdict;
import dev.muster.orchestrator.Conclusion;
import dev.muster.runbook.RunbookText;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code muster demo}: a sample estate, drilled, with nothing installed beforehand. */
@Command(
        name = "demo",
        description = "Makes a sample estate in an embedded S3 server, drills it, says where the evidence is.")
final class DemoCommand implements Callable<Integer> {
    @ParentCommand
    private MusterCommand muster;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = "muster-demo",
            description =
                    "Where estate and evidence go; else ${DEFAULT-VALUE} here. What an earlier demo left is replaced.")
    private Path folder;

    @Option(names = "--serve", description = "Leave server and estate up until interrupted, as a playground.")
    private boolean serve;

    @Option(
            names = "--address",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Where the S3 server listens, for pods of a cluster to reach it; else ${DEFAULT-VALUE}.")
    private String address;

    private final Demonstration demonstration;

    DemoCommand(Demonstration demonstration) {
        this.demonstration = demonstration;
    }

    @Override
    public Integer call() throws Exception {
        try (Demonstration.Estate estate = prepare()) {
            return serve ? serve(estate) : drill(estate);
        }
    }

    private Demonstration.Estate prepare() throws Exception {
        Thread preparing = Thread.currentThread();
        return OnSignal.during(
                () -> demonstration.prepare(
                        folder.toAbsolutePath().normalize(), address, muster.home(), muster.progress()),
                preparing::interrupt);
    }

    private int drill(Demonstration.Estate estate) throws Exception {
        try (Workshop workshop = muster.workshop(Optional.of(estate.config()))) {
            Conclusion plain = drill(workshop, estate, Map.of());
            Optional<Conclusion> custom = Optional.empty();
            if (estate.customArchives().isPresent()) {
                muster.progress().says("the same once more, from a custom archive by pg_dump");
                custom = Optional.of(drill(
                        workshop,
                        estate,
                        Map.of(
                                "backups.database.prefix",
                                estate.customArchives().get(),
                                // One archive lies there, and no promise was made to keep more.
                                "backups.database.promises.keep",
                                "1")));
            }
            tell(workshop, plain, custom);
            int first = ExitCode.of(plain.record().verdict());
            return first != ExitCode.PASSED
                    ? first
                    : custom.map(second -> ExitCode.of(second.record().verdict()))
                            .orElse(first);
        }
    }

    private void tell(Workshop workshop, Conclusion plain, Optional<Conclusion> custom) {
        if (muster.json()) {
            DrillJson.of(plain).with("customArchive", custom.map(DrillJson::of)).print(muster.terminal());
            return;
        }
        Summary.print(plain, workshop.keys(), muster.terminal());
        custom.ifPresentOrElse(
                second -> muster.terminal()
                        .out()
                        .println("\nThe same from a custom archive (pg_dump -Fc): "
                                + Words.verdict(second.record().verdict()) + ", RTO "
                                + Words.duration(second.record().rto().achieved()) + ", "
                                + second.bundle().map(Path::toString).orElse("no bundle")),
                () -> muster.terminal()
                        .out()
                        .println("\nNo pg_dump is installed here, so no custom archive was drilled."));
    }

    private Conclusion drill(Workshop workshop, Demonstration.Estate estate, Map<String, String> overrides)
            throws Exception {
        RunbookText text = workshop.runbooks().read(estate.runbook(), new LinkedHashMap<>(overrides));
        if (text.runbook().isEmpty()) {
            throw new WrongUsage(text.misprints().get(0).problem());
        }
        DrillRequest request = Requests.of(
                text.runbook().get(),
                Optional.empty(),
                Map.of(),
                overrides,
                Optional.empty(),
                DrillRequest.Trigger.DEMONSTRATION,
                muster.clock());
        return new Drilling(muster).run(workshop.conductor(), request, conclusion -> {
            // An interrupted process ends with this drill, before the end of the demonstration.
            if (conclusion.record().verdict() == Verdict.ABORTED) {
                tell(workshop, conclusion, Optional.empty());
            }
            return conclusion;
        });
    }

    private int serve(Demonstration.Estate estate) throws InterruptedException {
        Json reach = new Json()
                .with("endpoint", estate.endpoint().toString())
                .with("region", estate.region())
                .with("bucket", estate.bucket())
                .with("accessKey", estate.accessKey())
                .with("secretKey", estate.secretKey().reveal())
                .with("config", estate.config())
                .with("runbook", estate.runbook());
        if (muster.json()) {
            reach.print(muster.terminal());
        } else {
            reach.fields()
                    .forEach((name, value) -> muster.terminal().out().println(String.format("%-10s %s", name, value)));
            muster.terminal()
                    .out()
                    .println("\nTry: muster run " + estate.runbook() + " --config " + estate.config()
                            + "\nStop with Ctrl-C.");
        }
        muster.terminal().out().flush();
        CountDownLatch interrupted = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            estate.close();
            interrupted.countDown();
        }));
        interrupted.await();
        return ExitCode.PASSED;
    }
}
