package dev.muster.scratch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The process that has opened a scratch.
 *
 * @param startTicks when it started, as the kernel counts: an id alone is used again
 * @param boot the machine's run between two boots, within which ids and ticks mean something
 */
public record Holder(String host, String boot, long process, long startTicks) {
    private static final int PARTS = 4;

    public static Holder self() {
        long process = ProcessHandle.current().pid();
        return new Holder(thisHost(), thisBoot(), process, ProcessStatus.own().startTicks());
    }

    /** The holder that was written down as this text; absent when that is none. */
    public static Optional<Holder> of(String text) {
        String[] parts = text.split("/", -1);
        try {
            return parts.length == PARTS
                    ? Optional.of(new Holder(parts[0], parts[1], Long.parseLong(parts[2]), Long.parseLong(parts[3])))
                    : Optional.empty();
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }

    public boolean onThisHost() {
        return host.equals(thisHost());
    }

    public boolean runs() {
        return boot.equals(thisBoot())
                && ProcessStatus.of(process)
                        .filter(status -> status.startTicks() == startTicks)
                        .isPresent();
    }

    /** As text that {@link #of} reads. */
    @Override
    public String toString() {
        return host + "/" + boot + "/" + process + "/" + startTicks;
    }

    private static String thisHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }

    private static String thisBoot() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
