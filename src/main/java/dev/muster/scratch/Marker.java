package dev.muster.scratch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * What is written down about a scratch before anything of it exists, so that a crash at any moment leaves its name.
 *
 * @param reach how a person reaches what runs in it, without any secret
 */
record Marker(
        String id,
        String drill,
        String place,
        Owner owner,
        Instant opened,
        Instant expires,
        boolean kept,
        String reach) {

    Marker keptUntil(Instant end) {
        return new Marker(id, drill, place, owner, opened, end, true, reach);
    }

    Marker expiring(Instant end) {
        return new Marker(id, drill, place, owner, opened, end, kept, reach);
    }

    Marker reachedBy(String commands) {
        return new Marker(id, drill, place, owner, opened, expires, kept, commands);
    }

    /** Whether the process that opened it still runs; one on another host is believed to until the time to live ends. */
    boolean owned(Instant now) {
        return owner.onThisHost() ? owner.runs() : now.isBefore(expires);
    }

    /**
     * The process that has opened a scratch.
     *
     * @param startTicks when it started, as the kernel counts: an id alone is used again
     * @param boot the machine's run between two boots, within which ids and ticks mean something
     */
    record Owner(String host, String boot, long process, long startTicks) {

        static Owner self() {
            long process = ProcessHandle.current().pid();
            return new Owner(
                    thisHost(), thisBoot(), process, ProcessStatus.own().startTicks());
        }

        boolean onThisHost() {
            return host.equals(thisHost());
        }

        boolean runs() {
            return boot.equals(thisBoot())
                    && ProcessStatus.of(process)
                            .filter(status -> status.startTicks() == startTicks)
                            .isPresent();
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
                return Files.readString(Path.of("/proc/sys/kernel/random/boot_id"))
                        .strip();
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
    }
}
