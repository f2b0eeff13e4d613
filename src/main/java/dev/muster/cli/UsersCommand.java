package dev.muster.cli;

import dev.muster.drill.Problem;
import dev.muster.drill.Refusal;
import dev.muster.drill.Secret;
import dev.muster.people.Actor;
import dev.muster.people.Member;
import dev.muster.people.Register;
import dev.muster.people.Role;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code muster users}: who may come into the service; the way back in when nobody can sign in any more. */
@Command(
        name = "users",
        description = "Who may come into the service, and as what.",
        subcommands = {
            UsersCommand.ListAll.class,
            UsersCommand.Add.class,
            UsersCommand.Roles.class,
            UsersCommand.Disable.class,
            UsersCommand.Enable.class,
            UsersCommand.Reset.class
        })
final class UsersCommand {
    @ParentCommand
    private MusterCommand muster;

    /** What one of the commands does with the register. */
    private interface Work {
        void with(Register register, Actor by);
    }

    private int change(Work work) throws Exception {
        try (Workshop workshop = muster.workshop()) {
            work.with(workshop.people().register(), Actor.commandLine(System.getProperty("user.name")));
            return ExitCode.PASSED;
        } catch (Refusal refused) {
            throw new WrongUsage(refused.problem());
        }
    }

    private static Set<Role> roles(List<String> words) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        words.forEach(word -> roles.add(Stream.of(Role.values())
                .filter(role -> word(role).equals(word))
                .findFirst()
                .orElseThrow(() -> new WrongUsage(new Problem(
                        "There is no role `" + word + "`",
                        "ROLE",
                        "Write "
                                + Stream.of(Role.values())
                                        .map(UsersCommand::word)
                                        .collect(Collectors.joining(", "))
                                + ".")))));
        return roles;
    }

    private static String word(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    /** The one place where a password is printed; it is asked for, good for a day, and for choosing another. */
    private void print(String name, Secret password) {
        if (muster.json()) {
            new Json()
                    .with("name", name)
                    .with("oneTimePassword", password.reveal())
                    .print(muster.terminal());
        } else {
            muster.terminal()
                    .out()
                    .println("A password for " + name + ", to be changed at the first sign-in within 24 hours:\n"
                            + password.reveal());
        }
    }

    private void done(String name, String what) {
        if (muster.json()) {
            new Json().with("name", name).with("done", what).print(muster.terminal());
        } else {
            muster.terminal().out().println(name + " " + what);
        }
    }

    /** {@code muster users list}. */
    @Command(name = "list", description = "Lists everybody with roles and state.")
    static final class ListAll implements Callable<Integer> {
        @ParentCommand
        private UsersCommand users;

        @Override
        public Integer call() throws Exception {
            return users.change((register, by) -> {
                if (users.muster.json()) {
                    new Json()
                            .with("users", Json.list(register.all(), ListAll::json))
                            .print(users.muster.terminal());
                } else {
                    Table table = new Table("name", "roles", "state", "last sign-in");
                    register.all()
                            .forEach(member -> table.row(
                                    member.name(),
                                    words(member),
                                    state(member),
                                    member.lastSignIn().map(Instant::toString).orElse("never")));
                    table.lines().forEach(users.muster.terminal().out()::println);
                }
            });
        }

        private static String words(Member member) {
            return member.roles().stream().map(UsersCommand::word).sorted().collect(Collectors.joining(", "));
        }

        private static String state(Member member) {
            if (!member.active()) {
                return "disabled";
            }
            return member.oneTimeUntil()
                    .map(until -> "to choose a password until " + until)
                    .or(() -> member.elsewhere().map(issuer -> "signs on with " + issuer))
                    .orElse("active");
        }

        private static Json json(Member member) {
            return new Json()
                    .with("name", member.name())
                    .with("display", member.display())
                    .with(
                            "roles",
                            member.roles().stream()
                                    .map(UsersCommand::word)
                                    .sorted()
                                    .toList())
                    .with("active", member.active())
                    .with("issuer", member.elsewhere())
                    .with("oneTimeUntil", member.oneTimeUntil())
                    .with("lastSignIn", member.lastSignIn());
        }
    }

    /** Somebody, and the roles that they are to have. */
    static final class Appointment {
        @Parameters(index = "0", paramLabel = "NAME", description = "How the ledger names them, for ever.")
        private String name;

        @Parameters(
                index = "1..*",
                arity = "1..*",
                paramLabel = "ROLE",
                description = "viewer, auditor, operator, approver or administrator.")
        private List<String> roles;
    }

    /** {@code muster users add}. */
    @Command(name = "add", description = "Adds somebody, and prints a password to be changed at the first sign-in.")
    static final class Add implements Callable<Integer> {
        @ParentCommand
        private UsersCommand users;

        @Mixin
        private final Appointment appointed = new Appointment();

        @Option(names = "--display", paramLabel = "TEXT", description = "How pages name them; else the name.")
        private @Nullable String display;

        @Override
        public Integer call() throws Exception {
            return users.change((register, by) -> users.print(
                    appointed.name,
                    register.add(by, appointed.name, display == null ? "" : display, roles(appointed.roles))));
        }
    }

    /** {@code muster users roles}. */
    @Command(name = "roles", description = "Gives somebody other roles.")
    static final class Roles implements Callable<Integer> {
        @ParentCommand
        private UsersCommand users;

        @Mixin
        private final Appointment appointed = new Appointment();

        @Override
        public Integer call() throws Exception {
            return users.change((register, by) -> {
                register.changeRoles(by, appointed.name, UsersCommand.roles(appointed.roles));
                users.done(appointed.name, "is now " + String.join(", ", appointed.roles));
            });
        }
    }

    /** {@code muster users disable}. */
    @Command(name = "disable", description = "Lets somebody in no more; their sessions and tokens end.")
    static final class Disable implements Callable<Integer> {
        @ParentCommand
        private UsersCommand users;

        @Parameters(paramLabel = "NAME", description = "Whom.")
        private String name;

        @Override
        public Integer call() throws Exception {
            return users.change((register, by) -> {
                register.disable(by, name);
                users.done(name, "is disabled");
            });
        }
    }

    /** {@code muster users enable}. */
    @Command(name = "enable", description = "Lets somebody in again.")
    static final class Enable implements Callable<Integer> {
        @ParentCommand
        private UsersCommand users;

        @Parameters(paramLabel = "NAME", description = "Whom.")
        private String name;

        @Override
        public Integer call() throws Exception {
            return users.change((register, by) -> {
                register.enable(by, name);
                users.done(name, "is enabled");
            });
        }
    }

    /** {@code muster users reset}. */
    @Command(
            name = "reset",
            description = "Prints a new password for somebody, to be changed at the next sign-in; their sessions end.")
    static final class Reset implements Callable<Integer> {
        @ParentCommand
        private UsersCommand users;

        @Parameters(paramLabel = "NAME", description = "Whose.")
        private String name;

        @Override
        public Integer call() throws Exception {
            return users.change((register, by) -> users.print(name, register.reset(by, name)));
        }
    }
}
