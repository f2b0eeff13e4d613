package dev.muster.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds the code to the table of packages: who may import whom, and which library only one package sees. */
class PackageTableTest {
    private static final String BASE = "dev.muster.";
    private static final Pattern NAME = Pattern.compile("`([a-z]+)`");

    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.muster");

    /** Package to the packages it may import, besides its own. */
    private static final Map<String, Set<String>> IMPORTS = new TreeMap<>(Map.ofEntries(
            Map.entry("drill", Set.of()),
            Map.entry("runbook", Set.of("drill")),
            Map.entry("backup", Set.of("drill")),
            Map.entry("scratch", Set.of("drill")),
            Map.entry("catalog", Set.of("drill")),
            Map.entry("template", Set.of("drill")),
            Map.entry("signing", Set.of("drill")),
            Map.entry("restore", Set.of("drill", "backup", "scratch")),
            Map.entry("check", Set.of("drill", "scratch")),
            Map.entry("ledger", Set.of("drill", "signing")),
            Map.entry("outlook", Set.of("drill", "catalog")),
            // Outlook as well: a pack's page for those who manage says what the figures over time come to.
            Map.entry("evidence", Set.of("drill", "signing", "ledger", "template", "outlook")),
            Map.entry(
                    "orchestrator",
                    Set.of(
                            "drill",
                            "runbook",
                            "backup",
                            "scratch",
                            "catalog",
                            "template",
                            "signing",
                            "restore",
                            "check",
                            "ledger",
                            "outlook",
                            "evidence")),
            // Outlook as well: what is overdue and what is to be expected are metrics too.
            Map.entry("telling", Set.of("drill", "catalog", "evidence", "template", "outlook")),
            // Outlook as well: whether a system is overdue is one question, and is answered there.
            Map.entry("schedule", Set.of("drill", "runbook", "catalog", "ledger", "outlook", "orchestrator")),
            Map.entry("people", Set.of("drill", "catalog", "ledger")),
            Map.entry(
                    "web",
                    // People as well: whoever makes a request is somebody.
                    Set.of(
                            "drill",
                            "people",
                            "runbook",
                            "catalog",
                            "template",
                            "ledger",
                            "evidence",
                            "outlook",
                            "orchestrator",
                            "schedule")),
            Map.entry(
                    "cli",
                    // Signing as well: `muster keys` is about nothing else. People: `muster users` is. Telling: `muster
                    // tell` is.
                    Set.of(
                            "drill",
                            "people",
                            "runbook",
                            "catalog",
                            "template",
                            "ledger",
                            "evidence",
                            "outlook",
                            "orchestrator",
                            "schedule",
                            "telling",
                            "signing"))));

    /** Library to the packages that may see it; {@code app} puts things together and may see all. */
    private static final Map<String, Set<String>> SEEN_BY = new TreeMap<>(Map.ofEntries(
            Map.entry("org.snakeyaml..", Set.of("runbook")),
            Map.entry("com.networknt..", Set.of("runbook")),
            Map.entry("software.amazon..", Set.of("backup")),
            // Archives are opened where they are restored; the servers that come with Muster are a tar as well.
            Map.entry("org.apache.commons.compress..", Set.of("backup", "restore", "scratch")),
            Map.entry("com.github.luben..", Set.of("backup", "restore")),
            Map.entry("net.jpountz..", Set.of("backup", "restore")),
            Map.entry("org.brotli..", Set.of("backup")),
            Map.entry("org.tukaani..", Set.of("scratch")),
            Map.entry("io.fabric8..", Set.of("scratch")),
            Map.entry("org.h2..", Set.of("catalog")),
            Map.entry("org.flywaydb..", Set.of("catalog")),
            Map.entry("org.jdbi..", Set.of("catalog")),
            Map.entry("freemarker..", Set.of("template")),
            Map.entry("com.openhtmltopdf..", Set.of("evidence")),
            Map.entry("org.apache.pdfbox..", Set.of("evidence")),
            Map.entry("org.apache.fontbox..", Set.of("evidence")),
            Map.entry("org.bouncycastle..", Set.of("signing")),
            // Plain SQL is loaded with the driver's COPY, which java.sql does not know.
            Map.entry("org.postgresql..", Set.of("check", "restore")),
            Map.entry("info.picocli..", Set.of("cli")),
            Map.entry("picocli..", Set.of("cli")),
            Map.entry("org.gaul..", Set.of()),
            Map.entry("org.quartz..", Set.of("schedule")),
            Map.entry("biweekly..", Set.of("schedule")),
            Map.entry("org.eclipse.jgit..", Set.of("runbook")),
            Map.entry("com.zaxxer..", Set.of("catalog")),
            Map.entry("io.javalin..", Set.of("web")),
            Map.entry("io.prometheus..", Set.of("telling")),
            Map.entry("io.opentelemetry..", Set.of("telling")),
            Map.entry("jakarta.mail..", Set.of("telling")),
            Map.entry("jakarta.activation..", Set.of("telling")),
            Map.entry("org.eclipse.angus..", Set.of()),
            Map.entry("com.password4j..", Set.of("people")),
            Map.entry("com.nimbusds..", Set.of("people")),
            Map.entry("jakarta.servlet..", Set.of("web")),
            Map.entry("org.eclipse.jetty..", Set.of("web"))));

    @TestFactory
    List<DynamicTest> every_package_imports_only_what_the_table_allows() {
        List<DynamicTest> tests = new ArrayList<>();
        IMPORTS.forEach((name, allowed) -> {
            List<String> packages = new ArrayList<>();
            packages.add(BASE + name + "..");
            allowed.forEach(other -> packages.add(BASE + other + ".."));
            DescribedPredicate<JavaClass> permitted = DescribedPredicate.not(
                            resideInAnyPackage(BASE.replaceAll("\\.$", "..")))
                    .or(resideInAnyPackage(packages.toArray(String[]::new)));
            tests.add(DynamicTest.dynamicTest(
                    name,
                    () -> classes()
                            .that()
                            .resideInAPackage(BASE + name + "..")
                            .should()
                            .onlyDependOnClassesThat(permitted)
                            .allowEmptyShould(true)
                            .check(CODE)));
        });
        return tests;
    }

    @TestFactory
    List<DynamicTest> every_library_is_seen_only_by_its_packages() {
        List<DynamicTest> tests = new ArrayList<>();
        SEEN_BY.forEach((library, packages) -> {
            List<String> exempt = new ArrayList<>(List.of(BASE + "app.."));
            packages.forEach(name -> exempt.add(BASE + name + ".."));
            tests.add(DynamicTest.dynamicTest(
                    library,
                    () -> noClasses()
                            .that()
                            .resideOutsideOfPackages(exempt.toArray(String[]::new))
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage(library)
                            .check(CODE)));
        });
        return tests;
    }

    @Test
    void the_vocabulary_needs_nothing_but_java() {
        classes()
                .that()
                .resideInAPackage(BASE + "drill")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("java..", BASE + "drill"))
                .check(CODE);
    }

    /** Which of the concepts of evidence is read first, somebody new can tell only as long as none leans on a later one. */
    @Test
    void the_parts_of_evidence_lean_on_each_other_in_one_direction() {
        slices().matching("dev.muster.(**)")
                .should()
                .beFreeOfCycles()
                .check(CODE.that(resideInAPackage(BASE + "evidence..")));
    }

    @Test
    void the_page_for_contributors_holds_the_same_table() throws IOException {
        Map<String, Set<String>> written = new TreeMap<>();
        Files.readString(Path.of("CONTRIBUTING.md"))
                .lines()
                .dropWhile(line -> !line.startsWith("| Package |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line ->
                        NAME.matcher(line).results().map(name -> name.group(1)).toList())
                .forEach(names -> written.put(names.get(0), Set.copyOf(names.subList(1, names.size()))));
        assertThat(written).isEqualTo(IMPORTS);
    }

    @Test
    void every_package_has_a_row_in_the_table() {
        Set<String> found = new TreeSet<>();
        CODE.forEach(type -> {
            String rest = type.getPackageName().substring(BASE.length());
            found.add(rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : rest);
        });
        Set<String> rows = new TreeSet<>(IMPORTS.keySet());
        rows.add("app");
        assertThat(rows).containsAll(found);
    }
}
