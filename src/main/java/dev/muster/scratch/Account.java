package dev.muster.scratch;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The user that programs in a scratch run as; never root, since PostgreSQL refuses root and a restored backup deserves
 * no rights.
 *
 * @param assumed whether this is another user than the one that runs Muster
 */
record Account(String name, int user, int group, boolean assumed) {
    private static final String SETPRIV = "setpriv";

    /** The user asked for; else {@code nobody} for root, and for anyone else the same user. */
    static Account of(Optional<String> wished) {
        ProcessStatus own = ProcessStatus.own();
        if (own.user() == 0) {
            return assumed(wished.orElse("nobody"));
        }
        String name = System.getProperty("user.name", String.valueOf(own.user()));
        if (wished.isPresent() && !wished.get().equals(name)) {
            throw new CouldNotRun(new Problem(
                    "Only root can run a scratch's programs as the user " + wished.get() + ", and Muster runs as "
                            + name,
                    "scratch.user",
                    "Leave scratch.user out of the settings, or run Muster as root."));
        }
        return new Account(name, own.user(), own.group(), false);
    }

    private static Account assumed(String name) {
        if (Answer.of(List.of(SETPRIV, "--version")).isEmpty()) {
            throw new CouldNotRun(new Problem(
                    "Muster runs as root and cannot run programs as the user " + name + " without setpriv",
                    SETPRIV,
                    "Install it with `apt install util-linux`, or run Muster as a user other than root."));
        }
        int user = id("-u", name);
        if (user == 0) {
            throw new CouldNotRun(new Problem(
                    "A scratch's programs cannot run as " + name + ": PostgreSQL refuses root",
                    "scratch.user",
                    "Name another user there, or leave the setting out to use nobody."));
        }
        return new Account(name, user, id("-g", name), true);
    }

    private static int id(String which, String name) {
        return Answer.of(List.of("id", which, "--", name))
                .map(Integer::parseInt)
                .orElseThrow(() -> new CouldNotRun(new Problem(
                        "There is no user " + name + " on this machine to run a scratch's programs",
                        "scratch.user",
                        "Make the user with `useradd --system " + name
                                + "`, or name one that exists under scratch.user in the settings.")));
    }

    /** The command that runs this one as this user. */
    List<String> enter(List<String> command) {
        if (!assumed) {
            return command;
        }
        List<String> entered = new ArrayList<>(enter(user, group));
        entered.addAll(command);
        return entered;
    }

    /** The words that, put before a command, run it as this user and group and with no right beyond theirs. */
    static List<String> enter(int user, int group) {
        return List.of(SETPRIV, "--reuid=" + user, "--regid=" + group, "--clear-groups", "--no-new-privs", "--");
    }

    /** Whether this user gets as far as into this folder. */
    boolean reaches(Path folder) {
        if (!assumed) {
            return Files.isExecutable(folder);
        }
        return Answer.of(enter(List.of("test", "-x", folder.toString()))).isPresent();
    }

    /** Gives this one file or folder to this user. */
    void own(Path path) throws IOException {
        if (assumed) {
            Files.setAttribute(path, "unix:gid", group, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
        }
    }
}
