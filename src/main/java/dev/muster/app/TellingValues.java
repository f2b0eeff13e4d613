package dev.muster.app;

import dev.muster.drill.News;
import dev.muster.drill.Secret;
import dev.muster.runbook.References;
import dev.muster.runbook.yaml.Entry;
import dev.muster.telling.Channel;
import dev.muster.telling.KindWords;
import dev.muster.telling.Receiver;
import dev.muster.telling.hook.PagerDuty;
import dev.muster.telling.hook.Posting;
import dev.muster.telling.hook.Slack;
import dev.muster.telling.hook.Webhook;
import dev.muster.telling.mail.Mail;
import dev.muster.telling.mail.MailServer;
import dev.muster.telling.mail.MailServer.Protection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who is told of what, among the settings; what is secret stays a reference until it is needed. */
final class TellingValues {
    private static final Pattern LOOPBACK = Pattern.compile("127\\.0\\.0\\.1|localhost|\\[?::1]?");
    private static final List<String> CHANNELS = List.of("webhook", "mail", "slack", "pagerduty");

    private final SettingValues values;
    private final HookValues hooks;
    private final References references;

    TellingValues(SettingValues values, Map<String, String> environment, Optional<Path> secrets) {
        this.values = values;
        this.hooks = new HookValues(values, environment, secrets);
        this.references = new References(environment, secrets);
    }

    List<Receiver> receivers(Entry telling) {
        List<Receiver> receivers = new ArrayList<>();
        telling.entries()
                .forEach((name, receiver) -> channel(receiver)
                        .ifPresent(channel -> receivers.add(new Receiver(
                                name,
                                receiver.at("on").present() ? on(receiver.at("on")) : Receiver.USUAL,
                                texts(receiver.at("systems")),
                                channel))));
        return receivers;
    }

    private static Set<News.Kind> on(Entry on) {
        return on.items().stream()
                .flatMap(kind -> kind.text().flatMap(KindWords::of).stream())
                .collect(Collectors.toSet());
    }

    private List<String> texts(Entry list) {
        return list.items().stream().flatMap(item -> values.text(item).stream()).toList();
    }

    private Optional<Channel> channel(Entry receiver) {
        List<String> named = CHANNELS.stream()
                .filter(channel -> receiver.at(channel).present())
                .toList();
        if (named.size() != 1) {
            values.wrong(
                    receiver,
                    "`" + receiver.path() + "` names " + (named.isEmpty() ? "no way" : "more than one way")
                            + " to tell somebody",
                    "Write exactly one of webhook, mail, slack and pagerduty; each further one is a receiver of its own.");
            return Optional.empty();
        }
        Entry channel = receiver.at(named.get(0));
        return switch (named.get(0)) {
            case "webhook" ->
                posting(channel.at("url"))
                        .flatMap(posting -> secret(channel.at("secret")).map(secret -> new Webhook(posting, secret)));
            case "slack" -> posting(channel.at("url")).map(Slack::new);
            case "pagerduty" ->
                (channel.at("url").present() ? posting(channel.at("url")) : usual())
                        .flatMap(posting -> secret(channel.at("key")).map(key -> new PagerDuty(posting, key)));
            default -> mail(channel);
        };
    }

    private Optional<Posting> posting(Entry url) {
        return hooks.hook(url).map(hook -> Posting.to(hook.name(), hook.address()));
    }

    private static Optional<Posting> usual() {
        return Optional.of(Posting.to(PagerDuty.ADDRESS, () -> new Secret(PagerDuty.ADDRESS)));
    }

    private Optional<Supplier<Secret>> secret(Entry entry) {
        return entry.text().filter(References::wellFormed).map(written -> () -> references.resolve(written));
    }

    private Optional<Channel> mail(Entry mail) {
        Protection protection = values.text(mail.at("tls"))
                .flatMap(word -> Stream.of(Protection.values())
                        .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(word))
                        .findFirst())
                .orElse(Protection.STARTTLS);
        Optional<String> host = values.text(mail.at("host"));
        if (mail.at("user").present() != mail.at("password").present()) {
            values.wrong(
                    mail,
                    "`" + mail.path() + "` has " + (mail.at("user").present() ? "a user" : "a password") + " alone",
                    "Write both user and password, or neither.");
        }
        if (mail.at("password").present()
                && protection == Protection.NONE
                && host.filter(name -> !LOOPBACK.matcher(name).matches()).isPresent()) {
            values.wrong(
                    mail.at("tls"),
                    "`" + mail.at("tls").path() + "` would send the password in plain text",
                    "Write starttls or tls.");
        }
        return host.flatMap(name -> values.text(mail.at("from"))
                .map(from -> new Mail(
                        new MailServer(
                                name,
                                (int) mail.at("port").number().orElse(port(protection)),
                                protection,
                                values.text(mail.at("user")),
                                secret(mail.at("password")),
                                values.path(mail.at("trust"))),
                        from,
                        texts(mail.at("to")))));
    }

    private static int port(Protection protection) {
        return switch (protection) {
            case NONE -> 25;
            case STARTTLS -> 587;
            case TLS -> 465;
        };
    }
}
