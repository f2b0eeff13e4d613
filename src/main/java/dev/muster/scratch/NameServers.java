package dev.muster.scratch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The servers that this machine, or this pod, asks for the addresses of names. */
public final class NameServers {
    private static final Path CONFIGURED = Path.of("/etc/resolv.conf");

    private NameServers() {}

    /** Their addresses; none where nothing is configured. */
    public static List<String> configured() {
        try {
            return Files.readAllLines(CONFIGURED).stream()
                    .map(line -> line.strip().split("\\s+", -1))
                    .filter(words -> words.length > 1 && words[0].equals("nameserver"))
                    .map(words -> words[1])
                    .toList();
        } catch (IOException none) {
            return List.of();
        }
    }
}
