package dev.muster.check.application;

import dev.muster.check.Subject;
import dev.muster.drill.Application;
import dev.muster.drill.Endpoint;
import dev.muster.drill.Ensemble;
import dev.muster.drill.Problem;
import dev.muster.drill.Progress;
import dev.muster.drill.Secret;
import dev.muster.drill.Verdict;
import dev.muster.scratch.Beside;
import dev.muster.scratch.Running;
import dev.muster.scratch.Scratch;
import dev.muster.scratch.Served;
import dev.muster.scratch.ServerDoor;
import java.net.URI;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** The start of an application that is made of manifests: it runs beside the scratch, and finds the database there. */
record StartBeside(
        Application application, Ensemble ensemble, Subject subject, Scratch scratch, Beside beside, Clock clock) {

    Startup start(Progress progress, Instant began, Map<String, String> observations)
            throws SQLException, InterruptedException {
        observations.put("digest of the manifests", ensemble.sha256());
        progress.says("copies the database for " + application.name());
        DatabaseCopy copy = DatabaseCopy.of(subject.restoredDatabase(), beside.password());
        Instant copied = clock.instant();
        observations.put("copy of the database", Applications.seconds(Duration.between(began, copied)));
        Map<String, String> blanks = new TreeMap<>();
        blanks.put("database", copy.database().name());
        blanks.put("dbuser", copy.role());
        blanks.put("port", Integer.toString(ensemble.address().port()));
        Served served = beside.start(application.name(), blanks, letOut(copy, blanks));
        observations.putAll(served.facts());
        LastWords words = new LastWords(List.of(copy.password()));
        if (served.trouble().isPresent()) {
            observations.putAll(words.observations(served.log()));
            Problem trouble = served.trouble().get();
            return failed(
                    began,
                    observations,
                    new Problem(
                            "The application " + application.name() + " does not come up on the restored data: "
                                    + trouble.what() + "; " + words.lastLine(served.log()),
                            trouble.where(),
                            trouble.remedy()));
        }
        Endpoint address = served.address().orElseThrow();
        Secret password = DatabaseCopy.random();
        Started started = new Started(
                application.name(),
                URI.create("http://" + address),
                scratch,
                new Elsewhere(served.log()),
                copy,
                Applications.version(application, copy),
                password);
        started.version().ifPresent(version -> observations.put("version", Integer.toString(version)));
        Optional<String> down =
                new Health(started, application, clock).await(Duration.between(copied, clock.instant()));
        if (down.isEmpty()) {
            observations.put("up after", Applications.seconds(Duration.between(copied, clock.instant())));
            return new Startup(
                    Applications.result(clock, application, Verdict.PASSED, began, observations, Optional.empty()),
                    Optional.of(started));
        }
        return failed(
                began,
                observations,
                new Problem(
                        "The application " + application.name() + " runs on the restored data, but is not well: "
                                + down.get(),
                        Applications.place(application, subject) + ", " + address,
                        "See with --keep 4h what its pods say (`kubectl logs`), and whether `health` and `address` are"
                                + " right; if it stumbles over the data, choose an older backup with --backup"
                                + " database=KEY."));
    }

    /** A server of the scratch listens to the scratch alone; one beside it is found where it is. */
    private OptionalInt letOut(DatabaseCopy copy, Map<String, String> blanks) {
        Map<String, String> server = copy.database().environment();
        String host = server.getOrDefault("PGHOST", "");
        if (host.startsWith("/")) {
            int port = Integer.parseInt(server.getOrDefault("PGPORT", ""));
            return OptionalInt.of(ServerDoor.to(scratch.reach(port)).port());
        }
        blanks.put("dbhost", host);
        blanks.put("dbport", server.getOrDefault("PGPORT", ""));
        return OptionalInt.empty();
    }

    private Startup failed(Instant began, Map<String, String> observations, Problem problem) {
        return new Startup(
                Applications.result(clock, application, Verdict.FAILED, began, observations, Optional.of(problem)),
                Optional.empty());
    }

    /** What runs beside the scratch goes with it, and is looked after by those who hold it. */
    private record Elsewhere(List<String> lastLines) implements Running {
        @Override
        public OptionalInt exit() {
            return OptionalInt.empty();
        }

        @Override
        public void stop() {
            // It goes with the scratch.
        }
    }
}
