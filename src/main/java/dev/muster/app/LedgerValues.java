package dev.muster.app;

import dev.muster.runbook.yaml.Entry;
import dev.muster.signing.WitnessKey;
import java.net.URI;
import java.nio.file.Path;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where the settings put the ledger's checkpoints, and whom they ask to co-sign them. */
final class LedgerValues {
    private static final Pattern LENGTH = Pattern.compile("([1-9][0-9]{0,3})([dy])");
    private static final Pattern SERVER = Pattern.compile("(https?://[A-Za-z0-9.\\-\\[\\]:]+)([/?].*)?");

    private final SettingValues values;
    private final HookValues hooks;

    LedgerValues(SettingValues values, Map<String, String> environment, Optional<Path> secrets) {
        this.values = values;
        this.hooks = new HookValues(values, environment, secrets);
    }

    Settings.OutsideLedger outside(Entry ledger, Entry vaults) {
        List<Settings.CopyPlace> copies = new ArrayList<>();
        ledger.at("checkpoints").items().forEach(copy -> copies.add(copy(copy, vaults)));
        List<Settings.WitnessPlace> witnesses = new ArrayList<>();
        ledger.at("witnesses").items().forEach(witness -> witness(witness).ifPresent(witnesses::add));
        return new Settings.OutsideLedger(copies, witnesses);
    }

    private Settings.CopyPlace copy(Entry copy, Entry vaults) {
        long named = Stream.of("vault", "file", "webhook")
                .filter(key -> copy.at(key).present())
                .count();
        if (named != 1) {
            values.wrong(
                    copy,
                    "`" + copy.path() + "` names " + (named == 0 ? "no place" : "more than one place"),
                    "Write exactly one of vault, file and webhook; each further place is an item of its own.");
        }
        Entry vault = copy.at("vault");
        Optional<String> name = values.text(vault);
        if (name.isPresent() && !vaults.at(name.get()).present()) {
            values.wrong(
                    vault,
                    "`" + vault.path() + "` is `" + name.get() + "`, which is no vault in the settings",
                    "Add it under `vaults:`, with a key that may add objects there.");
        }
        Optional<String> prefix = values.text(copy.at("prefix"));
        if (vault.present() != copy.at("prefix").present()) {
            values.wrong(
                    copy,
                    "`" + copy.path() + "` "
                            + (vault.present() ? "lacks the key `prefix`" : "has a prefix and no vault"),
                    "A vault takes checkpoints below a prefix that holds nothing else, such as muster/checkpoints/.");
        } else if (prefix.isPresent() && !prefix.get().endsWith("/")) {
            values.wrong(
                    copy.at("prefix"),
                    "`" + copy.at("prefix").path() + "` does not end with a slash",
                    "Write it like muster/checkpoints/.");
        }
        return new Settings.CopyPlace(
                name, prefix.orElse(""), lock(copy), values.path(copy.at("file")), hooks.hook(copy.at("webhook")));
    }

    private Optional<Period> lock(Entry copy) {
        Entry lock = copy.at("lock");
        Optional<String> text = values.text(lock);
        Optional<Period> length = text.map(LENGTH::matcher)
                .filter(Matcher::matches)
                .map(found -> found.group(2).equals("y")
                        ? Period.ofYears(Integer.parseInt(found.group(1)))
                        : Period.ofDays(Integer.parseInt(found.group(1))));
        if (text.isPresent() && (length.isEmpty() || !copy.at("vault").present())) {
            values.wrong(
                    lock,
                    "`" + lock.path() + "` is not how long a vault locks",
                    "Write days or years beside a vault, such as 90d or 6y.");
        }
        return length;
    }

    private Optional<Settings.WitnessPlace> witness(Entry witness) {
        Entry url = witness.at("url");
        Optional<URI> address =
                values.text(url).filter(text -> SERVER.matcher(text).matches()).map(URI::create);
        if (url.present() && address.isEmpty()) {
            values.wrong(url, "`" + url.path() + "` is not an address", "Write it like https://witness.example.com/.");
        }
        Entry key = witness.at("key");
        Optional<WitnessKey> read = values.text(key).flatMap(WitnessKey::parse);
        if (key.present() && read.isEmpty()) {
            values.wrong(
                    key,
                    "`" + key.path() + "` is not the key of a witness",
                    "Copy the line that the witness publishes: its name, eight hexadecimal digits and base64, joined by +.");
        }
        return address.flatMap(where -> read.map(whose -> new Settings.WitnessPlace(where, whose)));
    }
}
