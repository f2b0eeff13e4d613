package dev.muster.scratch;

import dev.muster.drill.Problem;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A network with nothing in it but loopback. No process holds it that could be killed, and none is left behind: it is
 * there as long as this one has it open or anything runs in it.
 */
final class OwnNetwork implements Network {
    private static final String READY = "ready";
    private static final String HOLD = "ip link set lo up && echo " + READY + " && cat";

    private final List<String> words;
    private final String name;
    private final List<FileInputStream> held;

    private OwnNetwork(List<String> words, String name, List<FileInputStream> held) {
        this.words = List.copyOf(words);
        this.name = name;
        this.held = held;
    }

    static OwnNetwork open(Account account) throws NotPermitted {
        demandPrograms();
        // Without root's rights, one's own network needs to lie in a user namespace, in which one is who one was.
        List<String> command = new ArrayList<>(
                account.assumed()
                        ? List.of("unshare", "--net")
                        : List.of("unshare", "--user", "--map-current-user", "--keep-caps", "--net"));
        command.addAll(List.of("--", "sh", "-c", HOLD));
        try {
            Process holder =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try (BufferedReader said = holder.inputReader(StandardCharsets.UTF_8)) {
                String line = said.readLine();
                if (!READY.equals(line)) {
                    throw refused(line == null ? "" : line);
                }
                return held(holder.pid(), account);
            } finally {
                holder.destroyForcibly();
            }
        } catch (IOException failed) {
            throw refused(failed.toString());
        }
    }

    private static OwnNetwork held(long holder, Account account) throws IOException {
        Path namespaces = Path.of("/proc", String.valueOf(holder), "ns");
        List<FileInputStream> held = new ArrayList<>();
        Map<String, Path> files = new LinkedHashMap<>();
        for (String kind : account.assumed() ? List.of("net") : List.of("user", "net")) {
            Path namespace = namespaces.resolve(kind);
            held.add(new FileInputStream(namespace.toFile()));
            files.put(kind, opened(Files.readSymbolicLink(namespace)));
        }
        List<String> words = new ArrayList<>(List.of("nsenter"));
        files.forEach((kind, file) -> words.add("--" + kind + "=" + file));
        if (!account.assumed()) {
            words.add("--preserve-credentials");
        }
        words.add("--");
        return new OwnNetwork(
                words, Files.readSymbolicLink(namespaces.resolve("net")).toString(), held);
    }

    /** Where this process has this open, so that its children find it too. */
    private static Path opened(Path namespace) throws IOException {
        Path own = Path.of("/proc", String.valueOf(ProcessHandle.current().pid()), "fd");
        try (DirectoryStream<Path> files = Files.newDirectoryStream(own)) {
            for (Path file : files) {
                if (pointsTo(file, namespace)) {
                    return file;
                }
            }
        }
        throw new NoSuchFileException(own.toString(), namespace.toString(), "not open");
    }

    private static boolean pointsTo(Path file, Path target) throws IOException {
        try {
            return Files.readSymbolicLink(file).equals(target);
        } catch (NoSuchFileException closedMeanwhile) {
            return false;
        }
    }

    @Override
    public List<String> enter(List<String> command) {
        List<String> entered = new ArrayList<>(words);
        entered.addAll(command);
        return Collections.unmodifiableList(entered);
    }

    @Override
    public String description() {
        return "cut off: every program of the scratch runs in a network of its own (" + name
                + ") that holds loopback and nothing else";
    }

    @Override
    public Optional<Problem> exposed() {
        return Optional.empty();
    }

    @Override
    public boolean apart() {
        return true;
    }

    @Override
    public void close() {
        try {
            for (FileInputStream one : held) {
                one.close();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void demandPrograms() throws NotPermitted {
        Map<String, String> missing = new LinkedHashMap<>();
        Map.of("unshare", "util-linux", "nsenter", "util-linux", "ip", "iproute2")
                .forEach((program, debianPackage) -> {
                    if (Answer.of(List.of(program, program.equals("ip") ? "-V" : "--version"))
                            .isEmpty()) {
                        missing.put(program, debianPackage);
                    }
                });
        if (!missing.isEmpty()) {
            throw new NotPermitted(new Problem(
                    "A scratch's network cannot be cut off without " + String.join(" and ", missing.keySet()),
                    String.join(", ", missing.keySet()),
                    "Install what is missing with `apt install "
                            + missing.values().stream().distinct().collect(Collectors.joining(" ")) + "`."));
        }
    }

    private static NotPermitted refused(String said) {
        return new NotPermitted(new Problem(
                "This machine does not let Muster give a scratch a network of its own: " + said, "unshare", remedy()));
    }

    private static String remedy() {
        if (ProcessStatus.own().user() == 0) {
            return "Give the container that Muster runs in the capability SYS_ADMIN (`--cap-add SYS_ADMIN`),"
                    + " or run Muster on the machine itself.";
        }
        if (setting("kernel/unprivileged_userns_clone").equals("0")) {
            return "Run Muster as root, or allow it to ordinary users with `sysctl -w"
                    + " kernel.unprivileged_userns_clone=1`.";
        }
        if (setting("kernel/apparmor_restrict_unprivileged_userns").equals("1")) {
            return "Run Muster as root, or allow it to ordinary users with `sysctl -w"
                    + " kernel.apparmor_restrict_unprivileged_userns=0`.";
        }
        return "Run Muster as root, or let `unshare --user --net true` work for the user that runs it"
                + " (sysctl user.max_user_namespaces; in a container, its seccomp profile).";
    }

    private static String setting(String name) {
        try {
            return Files.readString(Path.of("/proc/sys", name)).strip();
        } catch (IOException notOfThisKernel) {
            return "";
        }
    }
}
