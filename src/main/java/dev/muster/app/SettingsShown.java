package dev.muster.app;

import dev.muster.backup.VaultSettings;
import dev.muster.drill.CouldNotRun;
import dev.muster.schedule.Limits;
import dev.muster.scratch.kubernetes.ClusterSettings;
import dev.muster.signing.KeyRing;
import dev.muster.signing.KeyUse;
import dev.muster.signing.PublicKeyText;
import dev.muster.telling.KindWords;
import dev.muster.web.Listening;
import dev.muster.web.pages.SettingsSeen.Group;
import dev.muster.web.pages.SettingsSeen.Line;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The settings for people to read. Whatever is or could hold a secret is shown as being there. */
final class SettingsShown {
    private static final String HIDDEN = "set, and not shown";

    private final Settings settings;
    private final KeyRing keys;

    SettingsShown(Settings settings, KeyRing keys) {
        this.settings = settings;
        this.keys = keys;
    }

    List<Group> groups() {
        List<Group> groups = new ArrayList<>();
        groups.add(new Group("Program", program()));
        groups.add(new Group("Places", places()));
        settings.kubernetes().ifPresent(cluster -> groups.add(new Group("Kubernetes", cluster(cluster))));
        groups.add(new Group("Service", service()));
        groups.add(new Group("Keys", keys()));
        settings.vaults().values().forEach(vault -> groups.add(new Group("Vault " + vault.name(), vault(vault))));
        groups.add(new Group("Timestamps", timestamps()));
        groups.add(new Group("Who is told", receivers()));
        groups.add(new Group("Ledger outside of this installation", ledger()));
        groups.add(new Group("Reports", reports()));
        return groups;
    }

    private static List<Line> program() {
        return List.of(
                new Line("Java", System.getProperty("java.vm.name") + " " + Runtime.version()),
                new Line(
                        "system",
                        System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                                + System.getProperty("os.arch")));
    }

    private List<Line> places() {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line("settings", settings.file().map(Path::toString).orElse("no file: what holds without one")));
        lines.add(new Line("home", settings.home().toString()));
        lines.add(new Line("runbooks", settings.runbooks().toString()));
        lines.add(new Line("catalog.url", withoutParameters(settings.catalog().url())));
        add(lines, "secrets", settings.secrets());
        add(lines, "approvers", settings.approvers());
        add(lines, "scratch.folder", settings.scratch().folder());
        settings.scratch().user().ifPresent(user -> lines.add(new Line("scratch.user", user)));
        settings.programs().forEach((name, path) -> lines.add(new Line("programs." + name, path.toString())));
        return lines;
    }

    private static List<Line> cluster(ClusterSettings cluster) {
        List<Line> lines = new ArrayList<>();
        add(lines, "kubernetes.kubeconfig", cluster.kubeconfig());
        cluster.context().ifPresent(context -> lines.add(new Line("kubernetes.context", context)));
        lines.add(new Line("kubernetes.installation", cluster.installation()));
        lines.add(new Line("kubernetes.images.worker", cluster.images().worker()));
        cluster.images()
                .postgres()
                .forEach((major, image) -> lines.add(new Line("kubernetes.images.postgres." + major, image)));
        cluster.pullSecrets().keySet().forEach(name -> lines.add(new Line("kubernetes.pullSecrets." + name, HIDDEN)));
        lines.add(new Line("kubernetes.user", Long.toString(cluster.user())));
        lines.add(new Line("kubernetes.worker", share(cluster.worker())));
        lines.add(new Line(
                "kubernetes.database",
                share(cluster.database()) + ", " + cluster.sharedMemory() + " of them shared memory"));
        lines.add(new Line("kubernetes.application", share(cluster.application())));
        cluster.endpoints()
                .forEach((vault, address) -> lines.add(new Line("kubernetes.endpoints." + vault, shown(address))));
        cluster.reaches().forEach(reach -> lines.add(new Line("kubernetes.reaches", reach.toString())));
        lines.add(new Line(
                "kubernetes.guard.contexts", String.join(", ", cluster.guard().contexts())));
        lines.add(new Line(
                "kubernetes.guard.namespaces", String.join(", ", cluster.guard().namespaces())));
        return lines;
    }

    private static String share(ClusterSettings.Share share) {
        return share.cpu() + " processors, " + share.memory() + " bytes";
    }

    private List<Line> service() {
        List<Line> lines = new ArrayList<>();
        Listening listening = settings.listening();
        lines.add(new Line("serve.address", listening.address() + ", port " + listening.port()));
        lines.add(new Line("serve.tls", listening.tls().isPresent() ? "set" : "none"));
        settings.comingIn()
                .signOn()
                .ifPresent(signOn -> lines.add(
                        new Line("serve.signOn.issuer", signOn.issuer().toString())));
        Limits drills = settings.drills();
        lines.add(new Line("drills.atOnce", Integer.toString(drills.atOnce())));
        lines.add(new Line("drills.scratchAtOnce", Integer.toString(drills.scratchAtOnce())));
        lines.add(new Line("drills.grace", drills.grace().toSeconds() + " seconds"));
        lines.add(new Line("calendars", settings.calendars().toString()));
        lines.add(new Line("alarm", settings.alarm().map(Settings.Hook::name).orElse("nobody")));
        return lines;
    }

    private static void add(List<Line> lines, String name, Optional<Path> path) {
        path.ifPresent(there -> lines.add(new Line(name, there.toString())));
    }

    private List<Line> keys() {
        List<Line> lines = new ArrayList<>();
        for (KeyUse use : KeyUse.values()) {
            try {
                KeyRing.Held held = keys.held(use);
                PublicKeyText key = held.signer().publicKey();
                lines.add(new Line(
                        "key for " + use.word(),
                        key.keyId() + ", valid " + key.validity()
                                + (key.demonstration() ? ", of a demonstration: nobody should trust it" : "")));
                lines.add(new Line("key for " + use.word() + " lies in", held.place()));
            } catch (CouldNotRun away) {
                lines.add(new Line("key for " + use.word(), away.problem().toString()));
            }
        }
        return lines;
    }

    private static List<Line> vault(VaultSettings vault) {
        List<Line> lines = new ArrayList<>();
        lines.add(
                new Line("endpoint", vault.endpoint().map(SettingsShown::shown).orElse("AWS")));
        lines.add(new Line("region", vault.region()));
        lines.add(new Line("bucket", vault.bucket()));
        lines.add(new Line("pathStyle", Boolean.toString(vault.pathStyle())));
        lines.add(new Line(
                "credentials",
                vault.secretKey().map(secret -> HIDDEN).orElse("from the surroundings, as the SDK finds them")));
        vault.session().ifPresent(session -> lines.add(new Line("session by role", session.role())));
        return lines;
    }

    private List<Line> receivers() {
        return settings.receivers().stream()
                .map(receiver -> new Line(
                        "telling." + receiver.name(),
                        receiver.channel().place() + ": "
                                + receiver.on().stream()
                                        .sorted()
                                        .map(KindWords::label)
                                        .collect(Collectors.joining(", "))
                                + (receiver.systems().isEmpty()
                                        ? ""
                                        : "; of " + String.join(", ", receiver.systems()))))
                .toList();
    }

    private List<Line> timestamps() {
        List<Line> lines = new ArrayList<>();
        settings.timestamp().ifPresent(authority -> {
            lines.add(new Line("timestamp.url", shown(authority.url())));
            lines.add(new Line("timestamp.certificate", authority.certificate().toString()));
            authority.password().ifPresent(password -> lines.add(new Line("timestamp.password", HIDDEN)));
        });
        return lines;
    }

    private List<Line> ledger() {
        List<Line> lines = new ArrayList<>();
        for (Settings.CopyPlace copy : settings.ledger().copies()) {
            copy.vault().ifPresent(vault -> lines.add(new Line("copy in vault", vault + ", " + copy.prefix())));
            add(lines, "copy in folder", copy.folder());
            copy.hook().ifPresent(hook -> lines.add(new Line("copy to webhook", hook.name())));
        }
        settings.ledger().witnesses().forEach(witness -> lines.add(new Line("witness", shown(witness.url()))));
        return lines;
    }

    private List<Line> reports() {
        List<Line> lines = new ArrayList<>();
        settings.organisation().name().ifPresent(name -> lines.add(new Line("organisation.name", name)));
        add(lines, "organisation.templates", settings.organisation().templates());
        lines.add(new Line("report.locale", settings.report().locale().toLanguageTag()));
        lines.add(new Line("report.zone", settings.report().zone().getId()));
        lines.add(new Line("report.paper", settings.report().paper().name().toLowerCase(Locale.ROOT)));
        return lines;
    }

    /** User and query of an address can be secrets. */
    private static String shown(URI address) {
        return address.getScheme() + "://" + address.getHost()
                + (address.getPort() < 0 ? "" : ":" + address.getPort())
                + (address.getPath() == null ? "" : address.getPath());
    }

    private static String withoutParameters(String jdbc) {
        return jdbc.replaceFirst("[?;].*$", "").replaceFirst("//[^/@]*@", "//");
    }
}
