package dev.muster.app;

import dev.muster.app.demo.DemoEstate;
import dev.muster.cli.Demonstration;
import dev.muster.drill.Progress;
import dev.muster.drill.Secret;
import dev.muster.scratch.Scratches;
import dev.muster.signing.SigningKeys;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** The demonstration's estate, with the keys that its evidence is signed with. */
final class SampleDemonstration implements Demonstration {
    private final Clock clock;

    SampleDemonstration(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Estate prepare(Path folder, String address, Optional<Path> home, Progress progress) throws Exception {
        Scratches scratches = new Scratches(folder.resolve("home"), Optional.empty(), Optional.empty(), clock);
        DemoEstate estate = DemoEstate.prepare(folder, address, clock, scratches, progress);
        Settings settings = Settings.read(Optional.of(estate.config()), home, Map.of());
        Path keys = settings.home().resolve("keys");
        if (!Files.isDirectory(keys)) {
            SigningKeys.initForDemonstration(keys);
        }
        return new Running(estate);
    }

    private record Running(DemoEstate estate) implements Estate {
        @Override
        public URI endpoint() {
            return estate.endpoint();
        }

        @Override
        public String region() {
            return estate.region();
        }

        @Override
        public String bucket() {
            return estate.bucket();
        }

        @Override
        public String accessKey() {
            return estate.accessKey().reveal();
        }

        @Override
        public Secret secretKey() {
            return estate.secretKey();
        }

        @Override
        public Path config() {
            return estate.config();
        }

        @Override
        public Path runbook() {
            return estate.runbook();
        }

        @Override
        public Optional<String> customArchives() {
            return estate.archivePrefix();
        }

        @Override
        public void close() {
            estate.close();
        }
    }
}
