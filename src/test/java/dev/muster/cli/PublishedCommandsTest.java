package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Holds what is written about commands, options and exit codes to those that there are. */
class PublishedCommandsTest {
    private static final Pattern CELLS = Pattern.compile("(?<!\\\\)\\|");
    private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern CALL = Pattern.compile("^\\s*(?:\\./)?muster +([a-z]+)((?: +\\S+)*)");

    private final CommandLine muster = commandLine();

    @Test
    void the_readme_lists_every_command_with_what_it_takes() throws IOException {
        Map<String, Set<String>> written = new TreeMap<>();
        rows("| Command |").forEach(row -> written.put(codes(row.get(0)).get(0), new TreeSet<>(codes(row.get(2)))));
        Map<String, Set<String>> real = new TreeMap<>();
        leaves(muster)
                .forEach(command -> real.put(
                        usage(command.getCommandSpec()),
                        options(command.getCommandSpec(), option -> !option.inherited() && !common(option))));

        assertThat(written).isEqualTo(real);
    }

    @Test
    void the_readme_lists_every_option_that_all_commands_take() throws IOException {
        Set<String> written = rows("| Option |").stream()
                .map(row -> codes(row.get(0)).get(0))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(written).isEqualTo(options(muster.getCommandSpec(), option -> true));
    }

    @Test
    void the_readme_lists_every_exit_code() throws Exception {
        Map<Integer, String> written = new TreeMap<>();
        rows("| Exit code |").forEach(row -> written.put(Integer.valueOf(row.get(0)), row.get(1)));
        Map<Integer, String> real = new TreeMap<>();
        for (Field code : ExitCode.class.getDeclaredFields()) {
            if (code.getType() == int.class) {
                real.put(
                        code.getInt(null),
                        code.getName().toLowerCase(Locale.ROOT).replace('_', ' '));
            }
        }

        assertThat(written).isEqualTo(real);
    }

    @Test
    void every_command_that_a_page_shows_can_be_typed() throws IOException {
        List<String> wrong = new ArrayList<>();
        int seen = 0;
        for (Path page : List.of(
                Path.of("README.md"),
                Path.of("CHANGELOG.md"),
                Path.of("CONTRIBUTING.md"),
                Path.of("config/README.md"),
                Path.of("runbooks/README.md"),
                Path.of("templates/README.md"))) {
            String text = Files.readString(page);
            Stream<String> spans = CODE.matcher(text).results().map(span -> span.group(1));
            for (String code : Stream.concat(spans, text.lines()).toList()) {
                Matcher call = CALL.matcher(code);
                if (call.find()) {
                    seen++;
                    mistake(call.group(1), call.group(2))
                            .ifPresent(what -> wrong.add(page + ": " + code + ": " + what));
                }
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(seen).isGreaterThan(30);
    }

    private Optional<String> mistake(String name, String rest) {
        CommandLine command = muster.getSubcommands().get(name);
        if (command == null) {
            return Optional.of("there is no command " + name);
        }
        String[] words = rest.strip().replaceFirst("\\s*#.*", "").split("\\s+", -1);
        CommandLine called = command.getSubcommands().getOrDefault(words[0], command);
        return Arrays.stream(words)
                .filter(word -> word.startsWith("--"))
                .filter(word -> called.getCommandSpec().findOption(word) == null)
                .findFirst()
                .map(word -> "there is no option " + word);
    }

    private static CommandLine commandLine() {
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
        Workshop.Opener opener = (config, home) -> {
            throw new IllegalStateException("nothing is run here");
        };
        Demonstration none = (folder, address, home, progress) -> {
            throw new IllegalStateException("nothing is run here");
        };
        MusterCommand muster = new MusterCommand(opener, new Terminal(nowhere, nowhere, false), Clock.systemUTC());
        return new CommandLine(muster, new CommandLine.IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                if (type == DemoCommand.class) {
                    return type.cast(new DemoCommand(none));
                }
                return type == WorkerCommand.class
                        ? type.cast(new WorkerCommand((folder, secrets) -> {}))
                        : CommandLine.defaultFactory().create(type);
            }
        });
    }

    private static Stream<CommandLine> leaves(CommandLine command) {
        return command.getSubcommands().isEmpty()
                ? Stream.of(command)
                : command.getSubcommands().values().stream().flatMap(PublishedCommandsTest::leaves);
    }

    private static String usage(CommandSpec command) {
        StringBuilder usage = new StringBuilder(command.qualifiedName());
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            usage.append(' ')
                    .append(
                            parameter.arity().min() == 0
                                    ? "[" + parameter.paramLabel()
                                            + (parameter.arity().max() == 1 ? "]" : "...]")
                                    : parameter.paramLabel()
                                            + (parameter.arity().max() == 1 ? "" : "..."));
        }
        return usage.toString();
    }

    private static Set<String> options(CommandSpec command, java.util.function.Predicate<OptionSpec> which) {
        return command.options().stream()
                .filter(which)
                .map(option -> option.longestName() + (option.arity().max() == 0 ? "" : " " + option.paramLabel()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean common(OptionSpec option) {
        return option.usageHelp() || option.versionHelp();
    }

    /** The rows of the one table in the readme whose head begins like this. */
    private static List<List<String>> rows(String head) throws IOException {
        return Files.readString(Path.of("README.md"))
                .lines()
                .dropWhile(line -> !line.startsWith(head))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> Stream.of(CELLS.split(line, -1))
                        .skip(1)
                        .map(String::strip)
                        .toList())
                .toList();
    }

    private static List<String> codes(String cell) {
        return CODE.matcher(cell)
                .results()
                .map(code -> code.group(1).replace("\\|", "|"))
                .toList();
    }
}
