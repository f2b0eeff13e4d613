package dev.muster.app.demo;

import dev.muster.drill.Progress;
import dev.muster.scratch.Scratches;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** The demonstration's estate with few orders, made in seconds. */
public final class SmallDemo {
    private static final int ORDERS = 300;

    private SmallDemo() {}

    public static DemoEstate prepare(Path folder) throws InterruptedException {
        return prepare(folder, "127.0.0.1");
    }

    /**
     * The same, for others than this machine.
     *
     * @param address of this machine, where its server is to be reached
     */
    public static DemoEstate prepare(Path folder, String address) throws InterruptedException {
        Scratches scratches =
                new Scratches(folder.resolve("making"), Optional.empty(), Optional.empty(), Clock.systemUTC());
        return DemoEstate.prepare(
                folder.resolve("demo"), address, Clock.systemUTC(), scratches, Progress.SILENT, ORDERS);
    }
}
