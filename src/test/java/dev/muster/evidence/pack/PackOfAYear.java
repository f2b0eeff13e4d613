package dev.muster.evidence.pack;

import dev.muster.evidence.Evidence;
import dev.muster.evidence.bundle.Verification;
import dev.muster.ledger.Ledger;
import dev.muster.outlook.management.ManagedEstate;
import dev.muster.signing.SigningKeys;
import dev.muster.template.Templates;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Packs and verifies in a process of its own, whose memory a test can limit. */
final class PackOfAYear {
    private PackOfAYear() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        Period period = new Period(today.minusDays(1), today);
        Ledger ledger = Ledger.open(folder.resolve("ledger"), Clock.systemUTC());
        SigningKeys keys = SigningKeys.open(folder.resolve("keys"));
        Map<String, Path> bundles = new TreeMap<>();
        ledger.events().forEach(event -> bundles.put(event.drill(), folder.resolve("bundle.zip")));
        Path pack = folder.resolve("pack.zip");
        long started = System.nanoTime();
        new Evidence(new Templates(Optional.empty()), List::of)
                .export(
                        new PackContents(
                                period,
                                ledger.part(period.from(), period.to(), Optional.empty(), keys),
                                bundles,
                                Map.of(),
                                ManagedEstate.view(period.to(), 40)),
                        keys,
                        keys,
                        pack);
        long packed = System.nanoTime();
        Verification verification = Evidence.verify(pack, folder.resolve("keys"));
        long verified = System.nanoTime();
        System.out.println(verification.outcome() + " "
                + Duration.ofNanos(packed - started).toMillis() + " "
                + Duration.ofNanos(verified - packed).toMillis());
        verification.problems().forEach(System.out::println);
    }
}
