package dev.muster.scratch;

import dev.muster.drill.ScratchPlan;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Says one sentence of the contract of scratches within the pod that a scratch is, where no test engine is. */
public final class InsideAPod extends ScratchContract<LocalScratch> {
    private static final Path FOLDER = Path.of("/scratch");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What the contract says. */
    public static List<String> sentences() {
        return Arrays.stream(ScratchContract.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(Method::getName)
                .sorted()
                .toList();
    }

    /**
     * Ends as a program that fails when the sentence is not true.
     *
     * @param arguments the sentence
     */
    public static void main(String[] arguments) throws Exception {
        InsideAPod contract = new InsideAPod();
        try {
            ScratchContract.class.getDeclaredMethod(arguments[0]).invoke(contract);
        } catch (InvocationTargetException broken) {
            broken.printStackTrace();
            System.exit(1);
        } finally {
            contract.leave_what_was_opened();
        }
        System.out.println("kept");
    }

    @Override
    LocalScratch open(ScratchPlan plan) throws InterruptedException {
        PodNetwork alone = new PodNetwork(Optional.empty(), List.of(), List.of(), List.of());
        return new PodScratches(FOLDER, PATIENCE).within("muster-drill-1", plan, false, alone);
    }

    @Override
    Scratch within(LocalScratch scratch) {
        return scratch;
    }

    /** The pod is removed by those who made it. */
    @Override
    void leave(LocalScratch scratch) {
        scratch.close();
    }
}
