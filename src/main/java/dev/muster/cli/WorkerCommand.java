package dev.muster.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code muster worker}: what runs in the pod of a scratch in Kubernetes. */
@Command(
        name = "worker",
        description =
                "Works in the pod of a scratch in Kubernetes, for the Muster that conducts the drill; people never"
                        + " need it.")
final class WorkerCommand implements Callable<Integer> {
    @Option(
            names = "--folder",
            paramLabel = "DIR",
            defaultValue = "/scratch",
            description = "What the pod's containers share; else ${DEFAULT-VALUE}.")
    private Path folder;

    @Option(
            names = "--secrets",
            paramLabel = "DIR",
            defaultValue = "/muster/secrets",
            description = "Where the drill's secrets lie, a file each; else ${DEFAULT-VALUE}.")
    private Path secrets;

    private final Working working;

    WorkerCommand(Working working) {
        this.working = working;
    }

    @Override
    public Integer call() throws Exception {
        working.work(folder, secrets);
        return ExitCode.PASSED;
    }
}
