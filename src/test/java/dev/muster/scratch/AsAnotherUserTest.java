package dev.muster.scratch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testing.Needs;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What root's tests do not show: Muster run by an ordinary user, and by root in a container. */
@Needs(
        value = {"setpriv", Needs.OWN_NETWORK},
        root = true)
class AsAnotherUserTest {
    @TempDir
    private Path temporary;

    @BeforeEach
    void lets_others_into_the_folder() throws IOException {
        OpenHome.in(temporary);
    }

    @Test
    void an_ordinary_user_drills_without_any_right_of_root() throws Exception {
        Account nobody = Account.of(Optional.empty());
        Path home = Files.createDirectory(temporary.resolve("home-of-nobody"));
        nobody.own(home);

        List<String> said = holdAndRemove(Account.enter(nobody.user(), nobody.group()), copiedClassPath(), home);

        assertThat(said.get(0)).contains(home + "/scratches/", "answers", "nobody", "cut off");
        assertThat(said.get(1)).isEqualTo("removed");
        assertThat(home.resolve("scratches")).isEmptyDirectory();
    }

    @Test
    void root_that_may_not_look_into_other_processes_still_finds_and_ends_them() throws Exception {
        List<String> contained = List.of("setpriv", "--bounding-set=-sys_ptrace", "--inh-caps=-sys_ptrace", "--");
        Path home = temporary.resolve("home-of-root");

        List<String> said = holdAndRemove(contained, Fork.classPath(), home);

        assertThat(said.get(0)).contains("answers", "nobody", "cut off");
        assertThat(said.get(1)).isEqualTo("removed");
        assertThat(new Processes(Path.of(said.get(0).split(" ", -1)[1])).running())
                .isEmpty();
    }

    @Test
    void root_that_may_not_cut_a_scratch_off_says_so_and_opens_it_all_the_same() throws Exception {
        List<String> contained = List.of("setpriv", "--bounding-set=-sys_admin", "--inh-caps=-sys_admin", "--");

        List<String> said = holdAndRemove(contained, Fork.classPath(), temporary.resolve("home-of-root"));

        assertThat(said.get(0))
                .contains("answers", "nobody", "not cut off, because: This machine does not let Muster", "unshare");
        assertThat(said.get(1)).isEqualTo("removed");
    }

    /** Its two lines: what it has opened, and what became of it. */
    private static List<String> holdAndRemove(List<String> before, String classPath, Path home) throws Exception {
        Process holder = Fork.of(HoldsAScratch.class, before, classPath, home.toString());
        try (BufferedReader lines = holder.inputReader(StandardCharsets.UTF_8);
                OutputStream orders = holder.getOutputStream()) {
            List<String> said = new ArrayList<>(List.of(String.valueOf(lines.readLine())));
            orders.write('\n');
            orders.flush();
            said.add(String.valueOf(lines.readLine()));
            return said;
        } finally {
            holder.destroyForcibly();
            new Scratches(home, Optional.empty(), Optional.empty(), Clock.systemUTC())
                    .list()
                    .forEach(left -> new Removal(new Markers(home.resolve("scratches")), Clock.systemUTC())
                            .remove(left.id(), Path.of(left.place())));
        }
    }

    /** The classes where another user can read them: the build may lie in a home that he cannot enter. */
    private String copiedClassPath() throws IOException {
        Path copies = Files.createDirectory(temporary.resolve("classes"));
        List<String> copied = new ArrayList<>();
        for (String entry : Fork.classPath().split(File.pathSeparator, -1)) {
            Path source = Path.of(entry);
            Path copy = copies.resolve(String.valueOf(copied.size()) + source.getFileName());
            if (Files.isRegularFile(source)) {
                Files.copy(source, copy);
            } else {
                // The code, and the server for machines that have none installed.
                for (String part : List.of("dev/muster", "postgres/" + ScratchContract.MAJOR)) {
                    copyFolder(source.resolve(part), copy.resolve(part));
                }
            }
            copied.add(copy.toString());
        }
        new ProcessBuilder("chmod", "-R", "a+rX", copies.toString())
                .start()
                .onExit()
                .join();
        assertThat(Files.getPosixFilePermissions(copies)).containsAll(PosixFilePermissions.fromString("r-xr-xr-x"));
        return String.join(File.pathSeparator, copied);
    }

    private static void copyFolder(Path source, Path target) throws IOException {
        Files.createDirectories(target);
        if (!Files.isDirectory(source)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(source)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                Path copy = target.resolve(source.relativize(path).toString());
                Files.createDirectories(copy.resolve("..").normalize());
                Files.copy(path, copy);
            }
        }
    }
}
