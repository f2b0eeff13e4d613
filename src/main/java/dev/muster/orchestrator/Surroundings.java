package dev.muster.orchestrator;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a drill runs on; named beside every figure, since a time means nothing without it. */
public final class Surroundings {
    /** What stands for a version where Muster was started from its classes. */
    public static final String UNRELEASED = "development";

    private Surroundings() {}

    /** This Muster's version. */
    public static String version() {
        return Optional.ofNullable(Surroundings.class.getPackage().getImplementationVersion())
                .orElse(UNRELEASED);
    }

    static Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("muster", version());
        facts.put(
                "java",
                System.getProperty("java.vendor", "") + " " + Runtime.version().toString());
        facts.put(
                "operating system",
                System.getProperty("os.name", "") + " " + System.getProperty("os.version", "") + " "
                        + System.getProperty("os.arch", ""));
        facts.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        if (ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean machine) {
            facts.put("memory", machine.getTotalMemorySize() / (1 << 20) + " MiB");
        }
        facts.put("host", Owner.ofThisProcess().host());
        return facts;
    }
}
